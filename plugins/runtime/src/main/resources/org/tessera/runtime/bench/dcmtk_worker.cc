// The process of DCMTK: see ToolkitWorker, which it answers like.
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

static int parse(const std::string& file) {
  DcmFileFormat format;
  if (format.loadFile(file.c_str()).bad()) return -1;
  int elements = 0;
  DcmStack stack;
  DcmDataset* dataset = format.getDataset();
  while (dataset->nextObject(stack, true).good()) {
    DcmObject* object = stack.top();
    DcmEVR kind = object->ident();
    bool element = kind != EVR_item && kind != EVR_dirRecord && kind != EVR_pixelItem &&
                   kind != EVR_pixelSQ && kind != EVR_dataset;
    elements += element && object->getTag().getElement() != 0 ? 1 : 0;
  }
  return elements;
}

static bool decode(const std::string& file, std::ofstream* out) {
  DcmFileFormat format;
  if (format.loadFile(file.c_str()).bad()) return false;
  DcmDataset* dataset = format.getDataset();
  if (dataset->chooseRepresentation(EXS_LittleEndianExplicit, nullptr).bad()) return false;
  DcmElement* element = nullptr;
  if (dataset->findAndGetElement(DCM_PixelData, element).bad()) return false;
  Uint16 bits = 0, samples = 1, planar = 0;
  dataset->findAndGetUint16(DCM_BitsAllocated, bits);
  dataset->findAndGetUint16(DCM_SamplesPerPixel, samples);
  dataset->findAndGetUint16(DCM_PlanarConfiguration, planar);
  Uint8* bytes = nullptr;
  Uint16* words = nullptr;
  if (bits <= 8 && element->getVR() == EVR_OB) {
    if (element->getUint8Array(bytes).bad()) return false;
  } else if (element->getUint16Array(words).bad()) {
    return false;
  }
  size_t length = element->getLength();
  const char* data = bytes ? reinterpret_cast<const char*>(bytes)
                           : reinterpret_cast<const char*>(words);
  if (!data) return false;
  std::vector<char> interleaved;
  Uint16 rows = 0, columns = 0;
  Sint32 frames = 1;
  dataset->findAndGetUint16(DCM_Rows, rows);
  dataset->findAndGetUint16(DCM_Columns, columns);
  if (dataset->findAndGetSint32(DCM_NumberOfFrames, frames).bad() || frames < 1) frames = 1;
  // What follows the last frame is padding.
  size_t used = (size_t(rows) * columns * samples * frames * bits + 7) / 8;
  if (used > 0 && used < length) length = used;
  if (samples > 1 && planar == 1) {
    size_t width = bits / 8, plane = size_t(rows) * columns, frame = plane * samples * width;
    interleaved.resize(length);
    for (size_t start = 0; start + frame <= length; start += frame)
      for (size_t s = 0; s < samples; s++)
        for (size_t p = 0; p < plane; p++)
          for (size_t b = 0; b < width; b++)
            interleaved[start + (p * samples + s) * width + b] =
                data[start + (s * plane + p) * width + b];
    data = interleaved.data();
  }
  if (out) out->write(data, length);
  return true;
}

int main(int, char** arguments) {
  OFLog::configure(OFLogger::OFF_LOG_LEVEL);
  DJDecoderRegistration::registerCodecs();
  DJLSDecoderRegistration::registerCodecs();
  DcmRLEDecoderRegistration::registerCodecs();
  std::vector<std::string> files;
  std::string line;
  std::ifstream list(arguments[1]);
  while (std::getline(list, line)) files.push_back(line);
  std::string folder = arguments[2];
  std::cout << "ready DCMTK " << OFFIS_DCMTK_VERSION_STRING << std::endl;
  std::string request;
  size_t task = 0;
  while (std::cin >> request >> task) {
    const std::string& file = files[task / 2];
    bool parsing = task % 2 == 0;
    if (request == "time") {
      auto before = std::chrono::steady_clock::now();
      bool good = parsing ? parse(file) >= 0 : decode(file, nullptr);
      auto after = std::chrono::steady_clock::now();
      if (good) std::cout << std::chrono::nanoseconds(after - before).count();
    } else if (parsing) {
      int elements = parse(file);
      if (elements >= 0) std::cout << elements;
    } else {
      std::string name = folder + "/dcmtk" + std::to_string(task);
      std::ofstream out(name, std::ios::binary);
      if (decode(file, &out)) std::cout << name;
    }
    std::cout << std::endl;
  }
}
