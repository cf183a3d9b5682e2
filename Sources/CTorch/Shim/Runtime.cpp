#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <dlfcn.h>
#include <torch/csrc/api/include/torch/version.h>

#include "Guard.hpp"

namespace copra {

std::string &lastError() {
  thread_local std::string message;
  return message;
}

std::string firstLine(const std::string &message) {
  return message.substr(0, message.find('\n'));
}

std::vector<at::Tensor> borrowed(ct_tensors tensors) {
  std::vector<at::Tensor> values;
  values.reserve(static_cast<size_t>(tensors.count));
  for (int32_t index = 0; index < tensors.count; index++) {
    values.push_back(tensors.values[index]->value);
  }
  return values;
}

at::ScalarType scalarType(ct_dtype dtype) {
  switch (dtype) {
    case CT_FLOAT32: return at::kFloat;
    case CT_FLOAT64: return at::kDouble;
    case CT_FLOAT16: return at::kHalf;
    case CT_BFLOAT16: return at::kBFloat16;
    case CT_INT64: return at::kLong;
    case CT_INT32: return at::kInt;
    case CT_INT16: return at::kShort;
    case CT_INT8: return at::kChar;
    case CT_UINT8: return at::kByte;
    case CT_BOOL: return at::kBool;
  }
  TORCH_CHECK(false, "unknown dtype ", static_cast<int>(dtype));
}

at::Device device(ct_device device) {
  return device < 0 ? at::Device(at::kCPU)
                    : at::Device(at::kCUDA, static_cast<at::DeviceIndex>(device));
}

at::MemoryFormat memoryFormat(ct_layout layout) {
  switch (layout) {
    case CT_CONTIGUOUS: return at::MemoryFormat::Contiguous;
    case CT_CHANNELS_LAST: return at::MemoryFormat::ChannelsLast;
    case CT_CHANNELS_LAST_3D: return at::MemoryFormat::ChannelsLast3d;
  }
  return at::MemoryFormat::Contiguous;
}

bool isAutocast() {
#if TORCH_VERSION_MAJOR >= 2 && TORCH_VERSION_MINOR >= 4
  return at::autocast::is_autocast_enabled(at::kCPU);
#else
  return at::autocast::is_cpu_enabled();
#endif
}

}  // namespace copra

using namespace copra;

const char *ct_last_error(void) { return lastError().c_str(); }

const char *ct_version(void) { return TORCH_VERSION; }

void ct_release(ct_tensor *tensor) { delete tensor; }

int32_t ct_threads(void) { return at::get_num_threads(); }

bool ct_set_threads(int32_t count) {
  return done([&] { at::set_num_threads(count); });
}

bool ct_seed(uint64_t seed) {
  return done([&] { at::manual_seed(seed); });
}

ct_tensor *ct_generator_state(void) {
  return tensorOf([&] {
    auto generator = at::globalContext().defaultGenerator(at::kCPU);
    const std::lock_guard<std::mutex> lock(generator.mutex());
    return generator.get_state();
  });
}

bool ct_set_generator_state(const ct_tensor *state) {
  return done([&] {
    auto generator = at::globalContext().defaultGenerator(at::kCPU);
    const std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_state(state->value);
  });
}

bool ct_multiplies_bfloat16(void) {
#if defined(__x86_64__) && defined(__linux__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

int32_t ct_cuda_devices(void) {
  return guarded<int32_t>(0, [&]() -> int32_t {
    if (!at::hasCUDA()) dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
    return at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
  });
}

bool ct_gradients_enabled(void) { return at::GradMode::is_enabled(); }

void ct_enable_gradients(bool enabled) { at::GradMode::set_enabled(enabled); }

bool ct_autocast(ct_device where, bool enabled, ct_dtype dtype) {
  return done([&] {
#if TORCH_VERSION_MAJOR >= 2 && TORCH_VERSION_MINOR >= 4
    const auto kind = device(where).type();
    at::autocast::set_autocast_enabled(kind, enabled);
    at::autocast::set_autocast_dtype(kind, scalarType(dtype));
#else
    if (where < 0) {
      at::autocast::set_cpu_enabled(enabled);
      at::autocast::set_autocast_cpu_dtype(scalarType(dtype));
    } else {
      at::autocast::set_enabled(enabled);
      at::autocast::set_autocast_gpu_dtype(scalarType(dtype));
    }
#endif
    if (!enabled) at::autocast::clear_cache();
  });
}
