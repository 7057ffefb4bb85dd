// C = A·B for a batch of matrices; A is [M, K] or, transposed, [K, M]; B is [K, N] or, transposed, [N, K].
// Each thread keeps an 8×8 tile of C in registers. No workgroup memory: on a software adapter a barrier costs more than it saves.
// Where SPLIT, z counts equal pieces of K instead of batches and C holds one partial product a piece.
// Constants: TRANSPOSE_A, TRANSPOSE_B, SPLIT, SUM, ACROSS, DOWN, and those of the epilogue.
struct Sizes { m: u32, n: u32, k: u32, piece: u32 }
@group(0) @binding(#) var<storage, read> a: array<f32>;       // [batch, M, K]
@group(0) @binding(#) var<storage, read> b: array<f32>;       // [batch, K, N]
//#if BIAS
@group(0) @binding(#) var<storage, read> bias: array<f32>;    // [N]
//#end
@group(0) @binding(#) var<storage, read_write> c: array<f32>; // [batch, M, N], or [pieces, M, N]
//#if KEEP
@group(0) @binding(#) var<storage, read_write> kept: array<f32>; // [batch, M, N] before the activation
//#end
//#if SUM
@group(0) @binding(#) var<storage, read_write> sums: array<f32>; // [M], or [pieces, M]: sum of each row of A over K
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

fn store(row: u32, column: u32, offset: u32, left: vec4<f32>, right: vec4<f32>, sum: f32) {
  if (row >= sizes.m) { return; }
  let at = offset + row * sizes.n;
  for (var i = 0u; i < 4u; i++) {
    if (column + i < sizes.n) { finish(at + column + i, column + i, left[i]); }
    if (column + 4u + i < sizes.n) { finish(at + column + 4u + i, column + 4u + i, right[i]); }
  }
  //#if SUM
  if (column == 0u) { finish_sum(offset / sizes.n + row, sum); }
  //#end
}

@compute @workgroup_size(ACROSS, DOWN)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.y * 8u;
  let column = id.x * 8u;
  if (row >= sizes.m || column >= sizes.n) { return; }
  let strideA = select(1u, sizes.m, TRANSPOSE_A);
  let strideB = select(sizes.n, 1u, TRANSPOSE_B);
  let rowStep = select(sizes.k, 1u, TRANSPOSE_A);
  let columnStep = select(1u, sizes.k, TRANSPOSE_B);
  //#if SPLIT
  let begin = id.z * sizes.piece;
  let end = min(begin + sizes.piece, sizes.k);
  let offsetA = begin * strideA;
  let offsetB = begin * strideB;
  //#else
  let begin = 0u;
  let end = sizes.k;
  let offsetA = id.z * sizes.m * sizes.k;
  let offsetB = id.z * sizes.k * sizes.n;
  //#end
  // Rows and columns past the edge repeat the last one; their results are not stored.
  let lastRow = sizes.m - 1u;
  let lastColumn = sizes.n - 1u;
  var a0 = offsetA + row * rowStep;
  var a1 = offsetA + min(row + 1u, lastRow) * rowStep;
  var a2 = offsetA + min(row + 2u, lastRow) * rowStep;
  var a3 = offsetA + min(row + 3u, lastRow) * rowStep;
  var a4 = offsetA + min(row + 4u, lastRow) * rowStep;
  var a5 = offsetA + min(row + 5u, lastRow) * rowStep;
  var a6 = offsetA + min(row + 6u, lastRow) * rowStep;
  var a7 = offsetA + min(row + 7u, lastRow) * rowStep;
  var b0 = offsetB + column * columnStep;
  var b1 = offsetB + min(column + 1u, lastColumn) * columnStep;
  var b2 = offsetB + min(column + 2u, lastColumn) * columnStep;
  var b3 = offsetB + min(column + 3u, lastColumn) * columnStep;
  var b4 = offsetB + min(column + 4u, lastColumn) * columnStep;
  var b5 = offsetB + min(column + 5u, lastColumn) * columnStep;
  var b6 = offsetB + min(column + 6u, lastColumn) * columnStep;
  var b7 = offsetB + min(column + 7u, lastColumn) * columnStep;
  var l0 = vec4<f32>(); var l1 = vec4<f32>(); var l2 = vec4<f32>(); var l3 = vec4<f32>();
  var l4 = vec4<f32>(); var l5 = vec4<f32>(); var l6 = vec4<f32>(); var l7 = vec4<f32>();
  var r0 = vec4<f32>(); var r1 = vec4<f32>(); var r2 = vec4<f32>(); var r3 = vec4<f32>();
  var r4 = vec4<f32>(); var r5 = vec4<f32>(); var r6 = vec4<f32>(); var r7 = vec4<f32>();
  var low = vec4<f32>(); var high = vec4<f32>();
  for (var k = begin; k < end; k++) {
    let left = vec4<f32>(b[b0], b[b1], b[b2], b[b3]);
    let right = vec4<f32>(b[b4], b[b5], b[b6], b[b7]);
    let v0 = a[a0]; l0 += v0 * left; r0 += v0 * right;
    let v1 = a[a1]; l1 += v1 * left; r1 += v1 * right;
    let v2 = a[a2]; l2 += v2 * left; r2 += v2 * right;
    let v3 = a[a3]; l3 += v3 * left; r3 += v3 * right;
    let v4 = a[a4]; l4 += v4 * left; r4 += v4 * right;
    let v5 = a[a5]; l5 += v5 * left; r5 += v5 * right;
    let v6 = a[a6]; l6 += v6 * left; r6 += v6 * right;
    let v7 = a[a7]; l7 += v7 * left; r7 += v7 * right;
    //#if SUM
    low += vec4<f32>(v0, v1, v2, v3); high += vec4<f32>(v4, v5, v6, v7);
    //#end
    a0 += strideA; a1 += strideA; a2 += strideA; a3 += strideA;
    a4 += strideA; a5 += strideA; a6 += strideA; a7 += strideA;
    b0 += strideB; b1 += strideB; b2 += strideB; b3 += strideB;
    b4 += strideB; b5 += strideB; b6 += strideB; b7 += strideB;
  }
  let offset = id.z * sizes.m * sizes.n;
  store(row, column, offset, l0, r0, low.x);
  store(row + 1u, column, offset, l1, r1, low.y);
  store(row + 2u, column, offset, l2, r2, low.z);
  store(row + 3u, column, offset, l3, r3, low.w);
  store(row + 4u, column, offset, l4, r4, high.x);
  store(row + 5u, column, offset, l5, r5, high.y);
  store(row + 6u, column, offset, l6, r6, high.z);
  store(row + 7u, column, offset, l7, r7, high.w);
}
