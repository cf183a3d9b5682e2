// Fully connected layers by oneDNN's matrix product where libtorch's BLAS may be the slower one.

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../Shim/Guard.hpp"
#include "Linear.hpp"

using namespace copra;

namespace {

/// c = alpha · op(a) · op(b) + beta · c, all row-major, a stride for the rows of each.
using Multiply = int (*)(char transposesA, char transposesB, int64_t rows, int64_t columns,
                         int64_t inner, float alpha, const float *a, int64_t strideA,
                         const float *b, int64_t strideB, float beta, float *c, int64_t strideC);

/// The entry of the oneDNN that libtorch brings along, which has kernels for every width of vectors
/// that the processor has; an older BLAS that does not know the processor has half of its speed.
/// NULL where libtorch keeps it to itself.
Multiply entryOfOneDNN() {
  static const auto entry = reinterpret_cast<Multiply>(dlsym(RTLD_DEFAULT, "dnnl_sgemm"));
  return entry;
}

/// left · right, [rows, inner] · [inner, columns] once they are transposed where it is said.
at::Tensor product(const at::Tensor &left, Side leftSide, const at::Tensor &right,
                   Side rightSide) {
  const bool turnsLeft = leftSide == Side::transposed;
  const auto rows = left.size(turnsLeft ? 1 : 0);
  const auto inner = left.size(turnsLeft ? 0 : 1);
  const auto columns = right.size(rightSide == Side::transposed ? 0 : 1);
  const auto result = at::empty({rows, columns}, left.options());
  multiply(leftSide, rightSide, rows, columns, inner, left.data_ptr<float>(), left.size(1),
           right.data_ptr<float>(), right.size(1), result.data_ptr<float>());
  return result;
}

/// input [N, in] · weight [out, in] transposed.
class LinearMap : public torch::autograd::Function<LinearMap> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &input,
                            const at::Tensor &weight) {
    context->save_for_backward({input, weight});
    return product(input, Side::asIs, weight, Side::transposed);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto gradient = gradients[0].contiguous();
    torch::autograd::variable_list results(2);
    if (context->needs_input_grad(0)) {
      results[0] = product(gradient, Side::asIs, saved[1], Side::asIs);
    }
    if (context->needs_input_grad(1)) {
      results[1] = product(gradient, Side::transposed, saved[0], Side::asIs);
    }
    return results;
  }
};

bool isMatrix(const at::Tensor &tensor) {
  return tensor.dim() == 2 && tensor.is_cpu() && tensor.scalar_type() == at::kFloat &&
         tensor.is_contiguous();
}

}  // namespace

namespace copra {

bool canMultiply() { return entryOfOneDNN(); }

void multiply(Side leftSide, Side rightSide, int64_t rows, int64_t columns, int64_t inner,
              const float *left, int64_t leftStride, const float *right, int64_t rightStride,
              float *result, Sum sum) {
  const auto letter = [](Side side) { return side == Side::transposed ? 'T' : 'N'; };
  const auto status =
      entryOfOneDNN()(letter(leftSide), letter(rightSide), rows, columns, inner, 1, left,
                      leftStride, right, rightStride, sum == Sum::added ? 1.0f : 0.0f, result, columns);
  TORCH_CHECK(status == 0, "oneDNN could not multiply [", rows, ", ", inner, "] and [", inner,
              ", ", columns, "]");
}

/// Products of few rows wait for memory, whoever multiplies; small ones are done before a kernel
/// has been chosen.
bool isForLinearMap(const at::Tensor &input, const at::Tensor &weight) {
  constexpr int64_t leastRows = 16, leastWork = 1 << 22;
  return canMultiply() && isMatrix(input) && isMatrix(weight) && input.size(1) == weight.size(1) &&
         input.size(0) >= leastRows &&
         input.size(0) * weight.size(0) * weight.size(1) >= leastWork && !isAutocast();
}

at::Tensor linearMap(const at::Tensor &input, const at::Tensor &weight) {
  at::internal::lazy_init_num_threads();
  return LinearMap::apply(input, weight);
}

}  // namespace copra

ct_tensor *ct_linear(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias) {
  return tensorOf([&] {
    if (!isForLinearMap(input->value, weight->value)) {
      return at::linear(input->value, weight->value, optional(bias));
    }
    auto output = linearMap(input->value, weight->value);
    if (bias) output.add_(bias->value);
    return output;
  });
}
