"use strict";
(function () {
  function all(root, selector) {
    return Array.from(root.querySelectorAll(selector));
  }

  function show(viewer, finding) {
    all(viewer, "button[data-show]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.show === finding));
    });
    all(viewer, "[data-finding]").forEach(function (part) {
      part.toggleAttribute("hidden", part.dataset.finding !== finding);
    });
    all(viewer, "mark[data-findings]").forEach(function (mark) {
      mark.classList.toggle("off", !mark.dataset.findings.split(" ").includes(finding));
    });
  }

  function viewers(evidence) {
    return all(document, ".viewer").filter(function (viewer) {
      return viewer.id === evidence || viewer.id.startsWith(evidence + "-");
    });
  }

  function player(viewer) {
    const audio = viewer.querySelector("audio");
    const head = viewer.querySelector(".head line");
    let end = Infinity;
    function move() {
      const place = audio.duration > 0 ? (100 * audio.currentTime) / audio.duration : 0;
      head.setAttribute("x1", place + "%");
      head.setAttribute("x2", place + "%");
      if (audio.currentTime >= end) {
        end = Infinity;
        audio.pause();
      } else if (!audio.paused) {
        requestAnimationFrame(move);
      }
    }
    audio.addEventListener("play", move);
    audio.addEventListener("seeked", move);
    all(viewer, "button.play").forEach(function (button) {
      button.addEventListener("click", function () {
        audio.currentTime = Number(button.dataset.start);
        end = Number(button.dataset.end);
        audio.play();
      });
    });
  }

  all(document, ".viewer").forEach(function (viewer) {
    all(viewer, "button[data-show]").forEach(function (button) {
      button.addEventListener("click", function () {
        show(viewer, button.dataset.show);
      });
    });
    all(viewer, "input.strength").forEach(function (slider) {
      slider.addEventListener("input", function () {
        all(viewer, ".heat").forEach(function (heat) {
          heat.style.opacity = String(slider.value / 100);
        });
      });
    });
    if (viewer.querySelector("audio")) {
      player(viewer);
    }
  });

  all(document, "a.jump").forEach(function (link) {
    link.addEventListener("click", function () {
      viewers(link.getAttribute("href").slice(1)).forEach(function (viewer) {
        show(viewer, link.dataset.finding);
      });
    });
  });

  document.documentElement.classList.add("live");

  window.addEventListener("beforeprint", function () {
    all(document, "details").forEach(function (details) {
      details.open = true;
    });
  });
})();
