// torch.optim.AdamW over a flat stretch of parameters, in place; a thread four times four values, 256 apart:
//   m = β₁·m + (1−β₁)·g, v = β₂·v + (1−β₂)·g², p = p·(1 − rate·decay) − rate/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε), g clipped.
struct Sizes { quads: u32, across: u32, beta1: f32, beta2: f32, rest1: f32, rest2: f32, shrink: f32, pace: f32, root: f32, epsilon: f32 }
@group(0) @binding(#) var<storage, read> gradient: array<vec4<f32>>;
@group(0) @binding(#) var<storage, read> control: array<f32>;          // clip factor, applied
@group(0) @binding(#) var<storage, read_write> values: array<vec4<f32>>;
@group(0) @binding(#) var<storage, read_write> first: array<vec4<f32>>;
@group(0) @binding(#) var<storage, read_write> second: array<vec4<f32>>;
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  if (control[1] == 0.0) { return; }
  let start = (group.x + group.y * sizes.across) * 256u + t;
  for (var i = start; i < min(start + 256u, sizes.quads); i += 64u) {
    let g = gradient[i] * control[0];
    let m = sizes.beta1 * first[i] + sizes.rest1 * g;
    let v = sizes.beta2 * second[i] + sizes.rest2 * g * g;
    first[i] = m;
    second[i] = v;
    values[i] = values[i] * sizes.shrink - sizes.pace * m / (sqrt(v) / sizes.root + sizes.epsilon);
  }
}
