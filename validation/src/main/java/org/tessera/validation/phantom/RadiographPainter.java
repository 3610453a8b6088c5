package org.tessera.validation.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tessera.casemodel.PixelRegion;
import org.tessera.validation.phantom.Chance.Stream;

/** Draws the chest radiograph of a case. */
final class RadiographPainter {
  private final Function<Stream, Chance> streams;
  private final PhantomWorld world;
  private final PhantomConditions conditions;

  RadiographPainter(
      Function<Stream, Chance> streams, PhantomWorld world, PhantomConditions conditions) {
    this.streams = streams;
    this.world = world;
    this.conditions = conditions;
  }

  /**
   * Draws the picture.
   *
   * @param causes of the case
   * @param opacities how many opacities to draw: fewer than the causes ask for shows the same
   *     phantom without them
   */
  PhantomRadiograph paint(PhantomCauses causes, int opacities) {
    Chance look = streams.apply(Stream.MACHINE);
    Machine machine = machine(look, causes);
    Chance body = streams.apply(Stream.ANATOMY);
    Projection at = Projection.draw(body, machine.rows(), machine.columns());
    Anatomy anatomy = Anatomy.draw(body, causes);
    Layer density = softTissue(body, anatomy, at);
    new Skeleton(body, anatomy, at).draw(density);
    boolean lying = causes.view().equals("AP");
    new Devices(streams.apply(Stream.DEVICES), anatomy, at)
        .draw(density, lying, causes.pacemaker());
    List<PixelRegion> boxes = addOpacities(density, opacities, anatomy, at, machine);
    boolean inverted = look.in(machine.inverted());
    byte[] samples =
        new Film(machine).develop(density, causes.view(), look, streams.apply(Stream.FILM_NOISE));
    if (inverted) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) (255 - (samples[i] & 0xff));
      }
    }
    return new PhantomRadiograph(
        samples,
        machine.rows(),
        machine.columns(),
        inverted,
        causes.view(),
        machine.name(),
        boxes);
  }

  private Machine machine(Chance look, PhantomCauses causes) {
    Machine drawn = Machine.draw(look, world);
    Machine used =
        conditions.confounded()
            ? Machine.all(world).get(causes.lung().opacity() ? 0 : 1)
            : drawn;
    return conditions.noisy() ? used.noisier() : used;
  }

  private static Layer softTissue(Chance body, Anatomy anatomy, Projection at) {
    Layer density = new Layer(at.rows(), at.columns(), 0);
    Layer texture = Texture.fractal(body, at.rows(), at.columns(), 48, 4, 0.75);
    float[] values = density.values();
    for (int row = 0; row < at.rows(); row++) {
      for (int column = 0; column < at.columns(); column++) {
        int i = row * at.columns() + column;
        double x = at.x(column, row);
        double y = at.y(column, row);
        values[i] = (float) anatomy.density(x, y, texture.values()[i]);
      }
    }
    return density;
  }

  private List<PixelRegion> addOpacities(
      Layer density, int count, Anatomy anatomy, Projection at, Machine machine) {
    Chance chance = streams.apply(Stream.OPACITY);
    List<PixelRegion> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Opacity opacity =
          Opacity.draw(chance, anatomy, at, world)
              .orElseThrow(() -> new IllegalStateException("No room for an opacity in the lungs"));
      boxes.add(add(density, opacity, chance, at, machine.spread()));
    }
    return boxes;
  }

  /** Adds one opacity and returns the box that holds every pixel it can change. */
  private static PixelRegion add(
      Layer density, Opacity opacity, Chance chance, Projection at, int spread) {
    int startX = Math.max(0, (int) (opacity.column() - opacity.radius()));
    int startY = Math.max(0, (int) (opacity.row() - opacity.radius() * opacity.stretch()));
    int endX = Math.min(at.columns(), (int) (opacity.column() + opacity.radius()) + 2);
    int endY =
        Math.min(at.rows(), (int) (opacity.row() + opacity.radius() * opacity.stretch()) + 2);
    Layer texture = Texture.fractal(chance, endY - startY, endX - startX, 14, 2, 0.7);
    int left = endX;
    int right = startX;
    int top = endY;
    int bottom = startY;
    for (int row = startY; row < endY; row++) {
      for (int column = startX; column < endX; column++) {
        double share = opacity.share(column, row);
        if (share > 0) {
          float grain = texture.values()[(row - startY) * (endX - startX) + column - startX];
          double mottle = 1 + 0.16 * Math.clamp(grain, -2, 2);
          density.values()[row * at.columns() + column] +=
              (float) (opacity.density() * share * mottle);
          left = Math.min(left, column);
          right = Math.max(right, column);
          top = Math.min(top, row);
          bottom = Math.max(bottom, row);
        }
      }
    }
    int x = Math.max(0, left - spread);
    int y = Math.max(0, top - spread);
    int width = Math.min(at.columns(), right + spread + 1) - x;
    int height = Math.min(at.rows(), bottom + spread + 1) - y;
    return new PixelRegion(1, x, y, width, height);
  }
}
