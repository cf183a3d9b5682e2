// Processes that work on one thing together: c10d's Gloo.

#include "../Shim/Guard.hpp"

#ifdef COPRA_HAS_GLOO
#define USE_C10D_GLOO 1
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif

#include <chrono>
#include <cstdlib>
#include <vector>

using namespace copra;

#ifdef COPRA_HAS_GLOO

struct ct_processes {
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
};

namespace {

/// How many bytes of gradients travel at a time.
constexpr int64_t bytesOfBucket = 64 << 20;

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

/// The network that `GLOO_SOCKET_IFNAME` names, as in PyTorch, or that of this machine's name.
std::shared_ptr<::gloo::transport::Device> network() {
  const char *interface = std::getenv("GLOO_SOCKET_IFNAME");
  return interface && *interface ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                 : c10d::ProcessGroupGloo::createDefaultDevice();
}

void sum(ct_processes *processes, const at::Tensor &values) {
  std::vector<at::Tensor> row{values};
  processes->group->allreduce(row)->wait();
}

/// Gives parameters their gradients, which stand one after the other in `flat`.
void spread(const at::Tensor &flat, const std::vector<at::Tensor> &parameters, double factor) {
  int64_t start = 0;
  for (const auto &parameter : parameters) {
    const auto count = parameter.numel();
    const auto part = flat.narrow(0, start, count).view(parameter.sizes());
    start += count;
    auto &gradient = parameter.mutable_grad();
    // Laid out as the parameter is, which is what the optimisers are fast for.
    if (!gradient.defined()) gradient = at::empty_like(parameter);
    gradient.copy_(part).mul_(factor);
  }
}

}  // namespace

ct_processes *ct_processes_join(const char *host, int32_t port, int32_t rank, int32_t count,
                                double timeout) {
  return guarded<ct_processes *>(nullptr, [&] {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(port);
    options.isServer = rank == 0;
    options.numWorkers = static_cast<std::size_t>(count);
    options.timeout = std::chrono::minutes(5);
    const auto store = c10::make_intrusive<c10d::PrefixStore>(
        "copra", c10::make_intrusive<c10d::TCPStore>(host, options));
    const auto settings = c10d::ProcessGroupGloo::Options::create(milliseconds(timeout));
    settings->devices.push_back(network());
    settings->threads = 2;
    return new ct_processes{
        c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, count, settings)};
  });
}

void ct_processes_leave(ct_processes *processes) { delete processes; }

bool ct_processes_sum(ct_processes *processes, ct_tensor *values) {
  return done([&] { sum(processes, values->value); });
}

bool ct_processes_copy_first(ct_processes *processes, ct_tensors tensors) {
  return done([&] {
    const at::NoGradGuard guard;
    for (auto &tensor : borrowed(tensors)) {
      std::vector<at::Tensor> row{tensor.detach().to(at::kCPU).contiguous()};
      processes->group->broadcast(row)->wait();
      tensor.detach().copy_(row[0]);
    }
  });
}

bool ct_processes_sum_gradients(ct_processes *processes, ct_tensors parameters, double factor) {
  return done([&] {
    const at::NoGradGuard guard;
    const auto all = borrowed(parameters);
    // How many processes have a gradient of each: what none has stays without one.
    auto having = at::zeros({static_cast<int64_t>(all.size())});
    for (size_t index = 0; index < all.size(); index++) {
      if (all[index].grad().defined()) having[static_cast<int64_t>(index)] = 1;
    }
    sum(processes, having);
    std::vector<at::Tensor> bucket, parts;
    int64_t bytes = 0;
    const auto send = [&] {
      if (bucket.empty()) return;
      const auto flat = at::cat(parts);
      sum(processes, flat);
      spread(flat, bucket, factor);
      bucket.clear();
      parts.clear();
      bytes = 0;
    };
    for (size_t index = 0; index < all.size(); index++) {
      if (having[static_cast<int64_t>(index)].item<float>() == 0) continue;
      const auto &parameter = all[index];
      const auto &gradient = parameter.grad();
      bucket.push_back(parameter);
      parts.push_back(gradient.defined()
                          ? gradient.detach().to(at::kCPU, at::kFloat).reshape({-1})
                          : at::zeros({parameter.numel()}));
      bytes += parameter.numel() * 4;
      if (bytes >= bytesOfBucket) send();
    }
    send();
  });
}

#else

struct ct_processes {};

namespace {
const char *const noGloo =
    "this libtorch came without the headers of c10d and Gloo, by which processes train together";
}  // namespace

ct_processes *ct_processes_join(const char *, int32_t, int32_t, int32_t, double) {
  lastError() = noGloo;
  return nullptr;
}

void ct_processes_leave(ct_processes *processes) { delete processes; }

bool ct_processes_sum(ct_processes *, ct_tensor *) { return false; }

bool ct_processes_copy_first(ct_processes *, ct_tensors) { return false; }

bool ct_processes_sum_gradients(ct_processes *, ct_tensors, double) { return false; }

#endif
