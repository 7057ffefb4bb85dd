// y = x·factor with dropout's factor drawn anew from seed and index: the backward pass is the same kernel on dy. One thread four values.
struct Sizes { count: u32, across: u32, seed: u32, threshold: u32, scale: f32, first: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let start = (id.x + id.y * sizes.across) * 4u;
  for (var i = start; i < min(start + 4u, sizes.count); i++) {
    y[i] = x[i] * dropout_factor(sizes.seed, sizes.threshold, sizes.scale, sizes.first + i);
  }
}
