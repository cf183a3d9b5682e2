#include <ATen/core/grad_mode.h>

#include <cmath>

#include "DenseFloats.hpp"

using namespace copra;

namespace {

/// The state of one parameter, made in the parameter's own order of memory at its first step.
at::Tensor &stateOf(ct_tensor *&slot, const at::Tensor &parameter) {
  if (!slot) slot = owned(at::zeros_like(parameter));
  return slot->value;
}

/// Calls the body with the index, the parameter and the gradient of all that have one.
template <typename Body>
bool forGradients(ct_tensors parameters, const Body &body) {
  return done([&] {
    const at::NoGradGuard guard;
    for (int32_t index = 0; index < parameters.count; index++) {
      auto &parameter = parameters.values[index]->value;
      const auto &gradient = parameter.grad();
      if (gradient.defined()) body(index, parameter, gradient);
    }
  });
}

template <bool nesterov>
void fusedMomentum(float *__restrict p, const float *__restrict g, float *__restrict m,
                   bool first, int64_t begin, int64_t end, const ct_sgd &settings) {
  const auto rate = static_cast<float>(settings.learning_rate);
  const auto decay = static_cast<float>(settings.weight_decay);
  const auto momentum = static_cast<float>(settings.momentum);
  // The first step takes the gradient as it is.
  const auto keep = first ? 0.0F : momentum;
  const auto take = first ? 1.0F : static_cast<float>(1 - settings.dampening);
  for (int64_t i = begin; i < end; i++) {
    const float slope = g[i] + decay * p[i];
    const float speed = keep * m[i] + take * slope;
    m[i] = speed;
    p[i] -= rate * (nesterov ? slope + momentum * speed : speed);
  }
}

void fusedDescent(float *__restrict p, const float *__restrict g, int64_t begin, int64_t end,
                  const ct_sgd &settings) {
  const auto rate = static_cast<float>(settings.learning_rate);
  const auto decay = static_cast<float>(settings.weight_decay);
  for (int64_t i = begin; i < end; i++) p[i] -= rate * (g[i] + decay * p[i]);
}

void descend(at::Tensor &parameter, const at::Tensor &gradient, const ct_sgd &settings) {
  if (!isDense(gradient, parameter)) {
    parameter.add_(gradient.add(parameter, settings.weight_decay), -settings.learning_rate);
    return;
  }
  float *p = floats(parameter);
  const float *g = floats(gradient);
  forBlocks(parameter.numel(), [&](int64_t begin, int64_t end) {
    fusedDescent(p, g, begin, end, settings);
  });
  markChanged(parameter);
}

void descend(at::Tensor &parameter, const at::Tensor &gradient, at::Tensor &momentum, bool first,
             const ct_sgd &settings) {
  if (!isDense(gradient, parameter) || !isDense(momentum, parameter)) {
    const auto slope = gradient.add(parameter, settings.weight_decay);
    momentum.mul_(settings.momentum).add_(slope, first ? 1 : 1 - settings.dampening);
    parameter.add_(settings.nesterov ? slope.add(momentum, settings.momentum) : momentum,
                   -settings.learning_rate);
    return;
  }
  float *p = floats(parameter);
  const float *g = floats(gradient);
  float *m = floats(momentum);
  const auto fused = settings.nesterov ? fusedMomentum<true> : fusedMomentum<false>;
  forBlocks(parameter.numel(), [&](int64_t begin, int64_t end) {
    fused(p, g, m, first, begin, end, settings);
  });
  markChanged(parameter);
}

/// What Adam's formulas need of the number of steps.
struct AdamStep {
  double size;
  double root;

  AdamStep(int64_t step, const ct_adam &settings)
      : size(settings.learning_rate / (1 - std::pow(settings.beta1, step))),
        root(std::sqrt(1 - std::pow(settings.beta2, step))) {}
};

/// The square root without `errno`, which would keep the compiler from taking several at once.
inline float squareRoot(float value) {
#if defined(__has_builtin)
#if __has_builtin(__builtin_elementwise_sqrt)
  return __builtin_elementwise_sqrt(value);
#endif
#endif
  return std::sqrt(value);
}

template <bool decoupled>
void fusedAdam(float *__restrict p, const float *__restrict g, float *__restrict mean,
               float *__restrict square, int64_t begin, int64_t end, AdamStep step,
               const ct_adam &settings) {
  const auto size = static_cast<float>(step.size);
  const auto unroot = static_cast<float>(1 / step.root);
  const auto keepMean = static_cast<float>(settings.beta1);
  const auto takeMean = static_cast<float>(1 - settings.beta1);
  const auto keepSquare = static_cast<float>(settings.beta2);
  const auto takeSquare = static_cast<float>(1 - settings.beta2);
  const auto epsilon = static_cast<float>(settings.epsilon);
  const auto decay = static_cast<float>(settings.weight_decay);
  const auto shrink = static_cast<float>(1 - settings.learning_rate * settings.weight_decay);
  for (int64_t i = begin; i < end; i++) {
    const float weight = decoupled ? p[i] * shrink : p[i];
    const float slope = decoupled ? g[i] : g[i] + decay * p[i];
    const float first = keepMean * mean[i] + takeMean * slope;
    const float second = keepSquare * square[i] + takeSquare * slope * slope;
    mean[i] = first;
    square[i] = second;
    p[i] = weight - size * (first / (squareRoot(second) * unroot + epsilon));
  }
}

void adam(at::Tensor &parameter, const at::Tensor &gradient, at::Tensor &mean,
          at::Tensor &square, AdamStep step, const ct_adam &settings) {
  if (!isDense(gradient, parameter) || !isDense(mean, parameter) ||
      !isDense(square, parameter)) {
    if (settings.decoupled) parameter.mul_(1 - settings.learning_rate * settings.weight_decay);
    const auto slope =
        settings.decoupled ? gradient : gradient.add(parameter, settings.weight_decay);
    mean.mul_(settings.beta1).add_(slope, 1 - settings.beta1);
    square.mul_(settings.beta2).addcmul_(slope, slope, 1 - settings.beta2);
    parameter.addcdiv_(mean, (square.sqrt() / step.root).add_(settings.epsilon), -step.size);
    return;
  }
  float *p = floats(parameter);
  const float *g = floats(gradient);
  float *m = floats(mean);
  float *s = floats(square);
  const auto fused = settings.decoupled ? fusedAdam<true> : fusedAdam<false>;
  forBlocks(parameter.numel(), [&](int64_t begin, int64_t end) {
    fused(p, g, m, s, begin, end, step, settings);
  });
  markChanged(parameter);
}

/// Counts a parameter's step in its state, an int64 of no dimension on the processor.
int64_t counted(ct_tensor *&slot) {
  if (!slot) slot = owned(at::zeros({}, at::kLong));
  return ++*slot->value.data_ptr<int64_t>();
}

}  // namespace

bool ct_sgd_step(ct_tensors parameters, ct_tensor **momenta, ct_sgd settings) {
  return forGradients(
      parameters, [&](int32_t index, at::Tensor &parameter, const at::Tensor &gradient) {
        if (settings.momentum == 0) return descend(parameter, gradient, settings);
        const bool first = !momenta[index];
        descend(parameter, gradient, stateOf(momenta[index], parameter), first, settings);
      });
}

bool ct_adam_step(ct_tensors parameters, ct_tensor **means, ct_tensor **squares,
                  ct_tensor **steps, ct_adam settings) {
  return forGradients(
      parameters, [&](int32_t index, at::Tensor &parameter, const at::Tensor &gradient) {
        adam(parameter, gradient, stateOf(means[index], parameter),
             stateOf(squares[index], parameter), AdamStep(counted(steps[index]), settings),
             settings);
      });
}
