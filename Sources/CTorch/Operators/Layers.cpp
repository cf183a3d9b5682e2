#include <ATen/core/grad_mode.h>

#include "../Convolutions/EmptyBatch.hpp"
#include "../Convolutions/Winograd.hpp"
#include "../Shim/Guard.hpp"

using namespace copra;

namespace {

/// Whether oneDNN is to convolve where libtorch by itself would not: it leaves small pictures, and
/// on one thread all windows of 1×1, to the BLAS, which in a thread of a team wakes threads of its
/// own. In training libtorch chooses, so that gradients are PyTorch's to the bit.
///
/// What does not fit is libtorch's too, which says why.
bool isForOneDNN(const at::Tensor &input, const at::Tensor &weight, int64_t groups) {
  return at::globalContext().hasMKLDNN() && !at::GradMode::is_enabled() && !isAutocast() &&
         weight.dim() == 4 && input.dim() == 4 && input.numel() > 0 &&
         input.size(1) == weight.size(1) * groups && input.is_cpu() &&
         input.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat;
}

/// What comes before a layer as that normalises it: under autocast it may be bfloat16, and on the
/// processor libtorch takes that with weights of bfloat16 alone.
at::Tensor inTypeOf(const ct_tensor *weight, const at::Tensor &input) {
  return weight && isAutocast() ? input.to(weight->value.scalar_type()) : input;
}

}  // namespace

ct_tensor *ct_convolution(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias,
                          ct_list stride, ct_list padding, ct_list dilation, int64_t groups,
                          bool fast) {
  return tensorOf([&] {
    if ((fast || !at::GradMode::is_enabled()) &&
        isForWinograd(input->value, weight->value, optional(bias), list(stride), list(padding),
                      list(dilation), groups)) {
      return winogradConvolution(input->value, weight->value, optional(bias));
    }
    if (isForOneDNN(input->value, weight->value, groups)) {
      return at::mkldnn_convolution(input->value, weight->value, optional(bias), list(padding),
                                    list(stride), list(dilation), groups);
    }
    const auto convolve = [&](auto operation) {
      return operation(input->value, weightFor(input->value, weight->value), optional(bias),
                       list(stride), list(padding), list(dilation), groups);
    };
    return weight->value.dim() == 5
               ? convolve([](auto &&...arguments) { return at::conv3d(arguments...); })
               : convolve([](auto &&...arguments) { return at::conv2d(arguments...); });
  });
}

ct_tensor *ct_max_pool(const ct_tensor *input, ct_list kernel, ct_list stride, ct_list padding,
                       bool ceiling) {
  return tensorOf([&] {
    return kernel.count == 3 ? at::max_pool3d(input->value, list(kernel), list(stride),
                                              list(padding), 1, ceiling)
                             : at::max_pool2d(input->value, list(kernel), list(stride),
                                              list(padding), 1, ceiling);
  });
}

ct_tensor *ct_average_pool(const ct_tensor *input, ct_list kernel, ct_list stride,
                           ct_list padding) {
  return tensorOf([&] {
    return kernel.count == 3
               ? at::avg_pool3d(input->value, list(kernel), list(stride), list(padding))
               : at::avg_pool2d(input->value, list(kernel), list(stride), list(padding));
  });
}

ct_tensor *ct_adaptive_average_pool(const ct_tensor *input, ct_list size) {
  return tensorOf([&] {
    return size.count == 3 ? at::adaptive_avg_pool3d(input->value, list(size))
                           : at::adaptive_avg_pool2d(input->value, list(size));
  });
}

ct_tensor *ct_batch_norm(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias,
                         const ct_tensor *mean, const ct_tensor *variance, bool training,
                         double momentum, double epsilon) {
  return tensorOf([&] {
    return at::batch_norm(input->value, optional(weight), optional(bias), optional(mean),
                          optional(variance), training, momentum, epsilon, true);
  });
}

ct_tensor *ct_group_norm(const ct_tensor *input, int64_t groups, const ct_tensor *weight,
                         const ct_tensor *bias, double epsilon) {
  return tensorOf([&] {
    return at::group_norm(inTypeOf(weight, input->value), groups, optional(weight),
                          optional(bias), epsilon);
  });
}

ct_tensor *ct_layer_norm(const ct_tensor *input, ct_list shape, const ct_tensor *weight,
                         const ct_tensor *bias, double epsilon) {
  return tensorOf([&] {
    return at::layer_norm(inTypeOf(weight, input->value), list(shape), optional(weight),
                          optional(bias), epsilon);
  });
}

ct_tensor *ct_dropout(const ct_tensor *input, double probability, bool training) {
  return tensorOf([&] { return at::dropout(input->value, probability, training); });
}

ct_tensor *ct_interpolate(const ct_tensor *input, ct_list size, ct_interpolation interpolation,
                          bool antialias, const double *scales) {
  return tensorOf([&] {
    const auto height = scales ? c10::optional<double>(scales[0]) : c10::nullopt;
    const auto width = scales ? c10::optional<double>(scales[1]) : c10::nullopt;
    if (interpolation == CT_NEAREST) {
      return at::upsample_nearest2d(input->value, list(size), height, width);
    }
    return antialias
               ? at::_upsample_bilinear2d_aa(input->value, list(size), false, height, width)
               : at::upsample_bilinear2d(input->value, list(size), false, height, width);
  });
}

ct_tensor *ct_softmax(const ct_tensor *input, int64_t dimension) {
  return tensorOf([&] { return at::softmax(input->value, dimension); });
}

ct_tensor *ct_log_softmax(const ct_tensor *input, int64_t dimension) {
  return tensorOf([&] { return at::log_softmax(input->value, dimension); });
}

namespace {

int64_t reduced(ct_loss_reduction reduction) {
  switch (reduction) {
    case CT_NONE: return at::Reduction::None;
    case CT_REDUCE_MEAN: return at::Reduction::Mean;
    case CT_REDUCE_SUM: return at::Reduction::Sum;
  }
  return at::Reduction::Mean;
}

}  // namespace

ct_tensor *ct_cross_entropy(const ct_tensor *logits, const ct_tensor *target,
                            ct_loss_reduction reduction, double smoothing) {
  return tensorOf([&] {
    return at::cross_entropy_loss(logits->value, target->value, {}, reduced(reduction), -100,
                                  smoothing);
  });
}

ct_tensor *ct_binary_cross_entropy(const ct_tensor *logits, const ct_tensor *target,
                                   ct_loss_reduction reduction) {
  return tensorOf([&] {
    return at::binary_cross_entropy_with_logits(logits->value, target->value, {}, {},
                                                reduced(reduction));
  });
}

ct_tensor *ct_smooth_l1(const ct_tensor *input, const ct_tensor *target,
                        ct_loss_reduction reduction, double beta) {
  return tensorOf(
      [&] { return at::smooth_l1_loss(input->value, target->value, reduced(reduction), beta); });
}

ct_tensor *ct_l1(const ct_tensor *input, const ct_tensor *target, ct_loss_reduction reduction) {
  return tensorOf([&] { return at::l1_loss(input->value, target->value, reduced(reduction)); });
}

ct_tensor *ct_mean_squared_error(const ct_tensor *input, const ct_tensor *target,
                                 ct_loss_reduction reduction) {
  return tensorOf([&] { return at::mse_loss(input->value, target->value, reduced(reduction)); });
}

bool ct_requires_gradient(const ct_tensor *tensor) { return tensor->value.requires_grad(); }

bool ct_set_requires_gradient(ct_tensor *tensor, bool required) {
  return done([&] { tensor->value.requires_grad_(required); });
}

bool ct_backward(const ct_tensor *tensor, const ct_tensor *gradient) {
  return done([&] { tensor->value.backward(gradient ? gradient->value : at::Tensor()); });
}

ct_tensor *ct_gradient(const ct_tensor *tensor) {
  return guarded<ct_tensor *>(nullptr, [&]() -> ct_tensor * {
    const auto &gradient = tensor->value.grad();
    return gradient.defined() ? owned(gradient) : nullptr;
  });
}

bool ct_set_gradient(ct_tensor *tensor, const ct_tensor *gradient) {
  return done([&] { tensor->value.mutable_grad() = gradient ? gradient->value : at::Tensor(); });
}

ct_tensor *ct_detach(const ct_tensor *tensor) {
  return tensorOf([&] { return tensor->value.detach(); });
}
