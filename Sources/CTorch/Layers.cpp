#include "Guard.hpp"

using namespace copra;

ct_tensor *ct_convolution(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias,
                          ct_list stride, ct_list padding, ct_list dilation, int64_t groups) {
  return tensorOf([&] {
    const auto convolve = [&](auto operation) {
      return operation(input->value, weight->value, optional(bias), list(stride), list(padding),
                       list(dilation), groups);
    };
    return weight->value.dim() == 5
               ? convolve([](auto &&...arguments) { return at::conv3d(arguments...); })
               : convolve([](auto &&...arguments) { return at::conv2d(arguments...); });
  });
}

ct_tensor *ct_transposed_convolution(const ct_tensor *input, const ct_tensor *weight,
                                     const ct_tensor *bias, ct_list stride, ct_list padding) {
  return tensorOf([&] {
    return at::conv_transpose2d(input->value, weight->value, optional(bias), list(stride),
                                list(padding));
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
    return at::group_norm(input->value, groups, optional(weight), optional(bias), epsilon);
  });
}

ct_tensor *ct_layer_norm(const ct_tensor *input, ct_list shape, const ct_tensor *weight,
                         const ct_tensor *bias, double epsilon) {
  return tensorOf([&] {
    return at::layer_norm(input->value, list(shape), optional(weight), optional(bias), epsilon);
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
