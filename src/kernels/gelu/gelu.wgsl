// GELU with the error function, y = x·Φ(x), and its backward dx = dy·(Φ(x) + x·φ(x)); one thread an element.
// erf by Abramowitz and Stegun 7.1.26 (absolute error 1.5e-7), as in tfjs' own kernel. Constants: BACKWARD.
struct Sizes { count: u32, across: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>; // forward: x again, not read
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
@group(0) @binding(3) var<uniform> sizes: Sizes;

fn erf(v: f32) -> f32 {
  let a = abs(v);
  let t = 1.0 / (1.0 + 0.3275911 * a);
  let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign(v) * (1.0 - series * exp(-a * a));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + id.y * sizes.across;
  if (i >= sizes.count) { return; }
  let v = x[i];
  let below = 0.5 * (1.0 + erf(v * 0.70710678118654752));
  if (BACKWARD) {
    result[i] = dy[i] * (below + v * 0.3989422804014327 * exp(-0.5 * v * v));
    return;
  }
  result[i] = v * below;
}
