// Gradients of an expert's weight and bias over its slots, in their order: C[e] = Σ A[slot]ᵀ·B[row of slot], bias[e] = Σ A[slot].
// A thread has eight rows by sixteen columns of C in registers; an expert without slots gets zeros.
// Quads: a (0), b (1), c (3), bias (4).
struct Sizes {
  m: u32, n: u32, tokensAt: u32, experts: u32,
  gather: u32,     // B's row is the slot's token, else the slot
  accumulate: u32, // add to what is there
}
//                            0 a: [slots, m]
//                            1 b: [slots or tokens, n]
@group(0) @binding(2) var<storage, read> plan: array<u32>; // see plan.wgsl
//                            3 c: [experts, m, n]
//                            4 bias: [experts, m]
@group(0) @binding(5) var<uniform> sizes: Sizes;

fn row_of(slot: u32) -> u32 {
  if (sizes.gather != 0u) { return plan[sizes.tokensAt + slot]; }
  return slot;
}

fn store(at: u32, left: u32, value: vec4<f32>) {
  var sum = value;
  if (sizes.accumulate != 0u) { sum += c_at(at, left); }
  put_c(at, left, sum);
}

fn store_bias(at: u32, left: u32, value: vec4<f32>) {
  var sum = value;
  if (sizes.accumulate != 0u) { sum += bias_at(at, left); }
  put_bias(at, left, sum);
}

@compute @workgroup_size(4, 16)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x * 16u;
  let row = id.y * 8u;
  let expert = id.z;
  if (row >= sizes.m || column >= sizes.n) { return; }
  // Quads past the edge repeat the last one; their results are not stored.
  let right = min(row + 4u, sizes.m - 1u);
  let leftA0 = sizes.m - row;
  let leftA1 = sizes.m - right;
  let column0 = column;
  let column1 = min(column + 4u, sizes.n - 1u);
  let column2 = min(column + 8u, sizes.n - 1u);
  let column3 = min(column + 12u, sizes.n - 1u);
  var sum0 = vec4<f32>(); var sum1 = vec4<f32>();
  var c00 = vec4<f32>(); var c01 = vec4<f32>(); var c02 = vec4<f32>(); var c03 = vec4<f32>();
  var c10 = vec4<f32>(); var c11 = vec4<f32>(); var c12 = vec4<f32>(); var c13 = vec4<f32>();
  var c20 = vec4<f32>(); var c21 = vec4<f32>(); var c22 = vec4<f32>(); var c23 = vec4<f32>();
  var c30 = vec4<f32>(); var c31 = vec4<f32>(); var c32 = vec4<f32>(); var c33 = vec4<f32>();
  var c40 = vec4<f32>(); var c41 = vec4<f32>(); var c42 = vec4<f32>(); var c43 = vec4<f32>();
  var c50 = vec4<f32>(); var c51 = vec4<f32>(); var c52 = vec4<f32>(); var c53 = vec4<f32>();
  var c60 = vec4<f32>(); var c61 = vec4<f32>(); var c62 = vec4<f32>(); var c63 = vec4<f32>();
  var c70 = vec4<f32>(); var c71 = vec4<f32>(); var c72 = vec4<f32>(); var c73 = vec4<f32>();
  for (var slot = plan[expert]; slot < plan[expert + 1u]; slot++) {
    let v0 = a_at(slot * sizes.m + row, leftA0);
    let v1 = a_at(slot * sizes.m + right, leftA1);
    let at = row_of(slot) * sizes.n;
    let b0 = b_at(at + column0, sizes.n - column0);
    let b1 = b_at(at + column1, sizes.n - column1);
    let b2 = b_at(at + column2, sizes.n - column2);
    let b3 = b_at(at + column3, sizes.n - column3);
    sum0 += v0; sum1 += v1;
    c00 += v0.x * b0; c01 += v0.x * b1; c02 += v0.x * b2; c03 += v0.x * b3;
    c10 += v0.y * b0; c11 += v0.y * b1; c12 += v0.y * b2; c13 += v0.y * b3;
    c20 += v0.z * b0; c21 += v0.z * b1; c22 += v0.z * b2; c23 += v0.z * b3;
    c30 += v0.w * b0; c31 += v0.w * b1; c32 += v0.w * b2; c33 += v0.w * b3;
    c40 += v1.x * b0; c41 += v1.x * b1; c42 += v1.x * b2; c43 += v1.x * b3;
    c50 += v1.y * b0; c51 += v1.y * b1; c52 += v1.y * b2; c53 += v1.y * b3;
    c60 += v1.z * b0; c61 += v1.z * b1; c62 += v1.z * b2; c63 += v1.z * b3;
    c70 += v1.w * b0; c71 += v1.w * b1; c72 += v1.w * b2; c73 += v1.w * b3;
  }
  var tile = array<vec4<f32>, 32>(
    c00, c01, c02, c03,
    c10, c11, c12, c13,
    c20, c21, c22, c23,
    c30, c31, c32, c33,
    c40, c41, c42, c43,
    c50, c51, c52, c53,
    c60, c61, c62, c63,
    c70, c71, c72, c73,
  );
  for (var i = 0u; i < 32u; i++) {
    let r = row + i / 4u;
    let at = column + 4u * (i % 4u);
    if (r < sizes.m && at < sizes.n) { store((expert * sizes.m + r) * sizes.n + at, sizes.n - at, tile[i]); }
  }
  if (column > 0u) { return; }
  store_bias(expert * sizes.m + row, leftA0, sum0);
  if (row + 4u < sizes.m) { store_bias(expert * sizes.m + row + 4u, leftA1, sum1); }
}
