// torch.optim.AdamW over a flat stretch of parameters, in place; four values a thread:
//   m = β₁·m + (1−β₁)·g, v = β₂·v + (1−β₂)·g², p = p·(1 − rate·decay) − rate/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε), g clipped.
struct Sizes { count: u32, across: u32, beta1: f32, beta2: f32, rest1: f32, rest2: f32, shrink: f32, pace: f32, root: f32, epsilon: f32 }
@group(0) @binding(#) var<storage, read> gradient: array<f32>;
@group(0) @binding(#) var<storage, read> control: array<f32>;          // clip factor, applied
@group(0) @binding(#) var<storage, read_write> values: array<f32>;
@group(0) @binding(#) var<storage, read_write> first: array<f32>;
@group(0) @binding(#) var<storage, read_write> second: array<f32>;
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (control[1] == 0.0) { return; }
  let start = (id.x + id.y * sizes.across) * 4u;
  for (var i = start; i < min(start + 4u, sizes.count); i++) {
    let g = gradient[i] * control[0];
    let m = sizes.beta1 * first[i] + sizes.rest1 * g;
    let v = sizes.beta2 * second[i] + sizes.rest2 * g * g;
    first[i] = m;
    second[i] = v;
    values[i] = values[i] * sizes.shrink - sizes.pace * m / (sqrt(v) / sizes.root + sizes.epsilon);
  }
}
