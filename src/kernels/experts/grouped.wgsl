// C[slot] = A[row of slot]·B[expert of slot] for slots sorted by expert: a thread has eight slots of one expert (a tile of the plan) by
// sixteen columns in registers. No workgroup memory: on a software adapter a barrier costs more than it saves.
// `finish` (finish-*.wgsl) gets four columns of the product at a time.
// Constants: GATHER (A's row is the slot's token, else the slot), TRANSPOSE_B (B is [experts, n, k], else [experts, k, n]).
// Quads: a (0), b (1).
struct Sizes {
  tiles: u32, k: u32, n: u32, tokensAt: u32, experts: u32,
  seed: u32, threshold: u32, scale: f32, first: u32, // dropout
}
//                            0 a: [slots or tokens, k]
//                            1 b: [experts, n, k] or [experts, k, n]
@group(0) @binding(2) var<storage, read> plan: array<u32>; // see plan.wgsl

fn start_of(slot: u32) -> u32 {
  if (GATHER) { return plan[sizes.tokensAt + slot] * sizes.k; }
  return slot * sizes.k;
}

// Four steps of k for one row and four columns: `b` holds the columns of Bᵀ, or the rows of B.
fn times(row: vec4<f32>, b: mat4x4<f32>) -> vec4<f32> {
  if (TRANSPOSE_B) { return row * b; }
  return b * row;
}

@compute @workgroup_size(4, 16)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x * 16u;
  if (id.y >= sizes.tiles || column >= sizes.n) { return; }
  let expert = plan[sizes.experts + 1u + 2u * id.y];
  if (expert >= sizes.experts) { return; }
  let slot = plan[sizes.experts + 2u + 2u * id.y];
  // Rows and columns past the edge repeat the last one; their results are not stored.
  let lastSlot = plan[expert + 1u] - 1u;
  let lastColumn = sizes.n - 1u;
  let offset = expert * sizes.n * sizes.k;
  let stepB = select(4u * sizes.n, 4u, TRANSPOSE_B);
  let a0 = start_of(slot);
  let a1 = start_of(min(slot + 1u, lastSlot));
  let a2 = start_of(min(slot + 2u, lastSlot));
  let a3 = start_of(min(slot + 3u, lastSlot));
  let a4 = start_of(min(slot + 4u, lastSlot));
  let a5 = start_of(min(slot + 5u, lastSlot));
  let a6 = start_of(min(slot + 6u, lastSlot));
  let a7 = start_of(min(slot + 7u, lastSlot));
  let column0 = column;
  let column1 = min(column + 4u, lastColumn);
  let column2 = min(column + 8u, lastColumn);
  let column3 = min(column + 12u, lastColumn);
  var b0 = offset + select(column0, column * sizes.k, TRANSPOSE_B);
  var b1 = offset + select(column0 + 1u * sizes.n, min(column + 1u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b2 = offset + select(column0 + 2u * sizes.n, min(column + 2u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b3 = offset + select(column0 + 3u * sizes.n, min(column + 3u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b4 = offset + select(column1, min(column + 4u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b5 = offset + select(column1 + 1u * sizes.n, min(column + 5u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b6 = offset + select(column1 + 2u * sizes.n, min(column + 6u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b7 = offset + select(column1 + 3u * sizes.n, min(column + 7u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b8 = offset + select(column2, min(column + 8u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b9 = offset + select(column2 + 1u * sizes.n, min(column + 9u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b10 = offset + select(column2 + 2u * sizes.n, min(column + 10u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b11 = offset + select(column2 + 3u * sizes.n, min(column + 11u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b12 = offset + select(column3, min(column + 12u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b13 = offset + select(column3 + 1u * sizes.n, min(column + 13u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b14 = offset + select(column3 + 2u * sizes.n, min(column + 14u, lastColumn) * sizes.k, TRANSPOSE_B);
  var b15 = offset + select(column3 + 3u * sizes.n, min(column + 15u, lastColumn) * sizes.k, TRANSPOSE_B);
  var c00 = vec4<f32>(); var c01 = vec4<f32>(); var c02 = vec4<f32>(); var c03 = vec4<f32>();
  var c10 = vec4<f32>(); var c11 = vec4<f32>(); var c12 = vec4<f32>(); var c13 = vec4<f32>();
  var c20 = vec4<f32>(); var c21 = vec4<f32>(); var c22 = vec4<f32>(); var c23 = vec4<f32>();
  var c30 = vec4<f32>(); var c31 = vec4<f32>(); var c32 = vec4<f32>(); var c33 = vec4<f32>();
  var c40 = vec4<f32>(); var c41 = vec4<f32>(); var c42 = vec4<f32>(); var c43 = vec4<f32>();
  var c50 = vec4<f32>(); var c51 = vec4<f32>(); var c52 = vec4<f32>(); var c53 = vec4<f32>();
  var c60 = vec4<f32>(); var c61 = vec4<f32>(); var c62 = vec4<f32>(); var c63 = vec4<f32>();
  var c70 = vec4<f32>(); var c71 = vec4<f32>(); var c72 = vec4<f32>(); var c73 = vec4<f32>();
  for (var k = 0u; k < sizes.k; k += 4u) {
    let left = sizes.k - k;
    let left0 = select(sizes.n - column0, left, TRANSPOSE_B);
    let left1 = select(sizes.n - column1, left, TRANSPOSE_B);
    let left2 = select(sizes.n - column2, left, TRANSPOSE_B);
    let left3 = select(sizes.n - column3, left, TRANSPOSE_B);
    let m0 = mat4x4<f32>(b_at(b0, left0), b_at(b1, left0), b_at(b2, left0), b_at(b3, left0));
    let m1 = mat4x4<f32>(b_at(b4, left1), b_at(b5, left1), b_at(b6, left1), b_at(b7, left1));
    let m2 = mat4x4<f32>(b_at(b8, left2), b_at(b9, left2), b_at(b10, left2), b_at(b11, left2));
    let m3 = mat4x4<f32>(b_at(b12, left3), b_at(b13, left3), b_at(b14, left3), b_at(b15, left3));
    let r0 = a_at(a0 + k, left);
    c00 += times(r0, m0); c01 += times(r0, m1); c02 += times(r0, m2); c03 += times(r0, m3);
    let r1 = a_at(a1 + k, left);
    c10 += times(r1, m0); c11 += times(r1, m1); c12 += times(r1, m2); c13 += times(r1, m3);
    let r2 = a_at(a2 + k, left);
    c20 += times(r2, m0); c21 += times(r2, m1); c22 += times(r2, m2); c23 += times(r2, m3);
    let r3 = a_at(a3 + k, left);
    c30 += times(r3, m0); c31 += times(r3, m1); c32 += times(r3, m2); c33 += times(r3, m3);
    let r4 = a_at(a4 + k, left);
    c40 += times(r4, m0); c41 += times(r4, m1); c42 += times(r4, m2); c43 += times(r4, m3);
    let r5 = a_at(a5 + k, left);
    c50 += times(r5, m0); c51 += times(r5, m1); c52 += times(r5, m2); c53 += times(r5, m3);
    let r6 = a_at(a6 + k, left);
    c60 += times(r6, m0); c61 += times(r6, m1); c62 += times(r6, m2); c63 += times(r6, m3);
    let r7 = a_at(a7 + k, left);
    c70 += times(r7, m0); c71 += times(r7, m1); c72 += times(r7, m2); c73 += times(r7, m3);
    b0 += stepB; b1 += stepB; b2 += stepB; b3 += stepB;
    b4 += stepB; b5 += stepB; b6 += stepB; b7 += stepB;
    b8 += stepB; b9 += stepB; b10 += stepB; b11 += stepB;
    b12 += stepB; b13 += stepB; b14 += stepB; b15 += stepB;
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
    let at = column + 4u * (i % 4u);
    if (slot + i / 4u <= lastSlot && at < sizes.n) { finish(slot + i / 4u, expert, at, tile[i]); }
  }
}
