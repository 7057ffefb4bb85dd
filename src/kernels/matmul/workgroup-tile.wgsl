// C = A·B as in register-tile.wgsl, for a GPU: a workgroup of 16×16 threads brings tiles of 64 rows of A and 64 columns of B, 16 deep,
// to workgroup memory, and each thread keeps 4×4 values of C. Bindings and constants as there.
struct Sizes { m: u32, n: u32, k: u32, piece: u32 }
@group(0) @binding(#) var<storage, read> a: array<f32>;
@group(0) @binding(#) var<storage, read> b: array<f32>;
//#if BIAS
@group(0) @binding(#) var<storage, read> bias: array<f32>;
//#end
@group(0) @binding(#) var<storage, read_write> c: array<f32>;
//#if KEEP
@group(0) @binding(#) var<storage, read_write> kept: array<f32>;
//#end
//#if SUM
@group(0) @binding(#) var<storage, read_write> sums: array<f32>;
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> tileA: array<array<f32, 64>, 16>; // [k][row]
var<workgroup> tileB: array<array<f32, 64>, 16>; // [k][column]

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let firstRow = group.y * 64u;
  let firstColumn = group.x * 64u;
  //#if SPLIT
  let begin = group.z * sizes.piece;
  let end = min(begin + sizes.piece, sizes.k);
  let offsetA = 0u;
  let offsetB = 0u;
  //#else
  let begin = 0u;
  let end = sizes.k;
  let offsetA = group.z * sizes.m * sizes.k;
  let offsetB = group.z * sizes.k * sizes.n;
  //#end
  var r0 = vec4<f32>(); var r1 = vec4<f32>(); var r2 = vec4<f32>(); var r3 = vec4<f32>();
  var sum = vec4<f32>();
  for (var start = begin; start < end; start += 16u) {
    for (var i = 0u; i < 4u; i++) {
      // Neighbouring threads read neighbouring addresses, whichever way the matrix lies.
      let at = index + i * 256u;
      let kA = select(at % 16u, at / 64u, TRANSPOSE_A);
      let rowA = select(at / 16u, at % 64u, TRANSPOSE_A);
      let row = firstRow + rowA;
      let insideA = row < sizes.m && start + kA < end;
      let addressA = select(row * sizes.k + start + kA, (start + kA) * sizes.m + row, TRANSPOSE_A);
      tileA[kA][rowA] = select(0.0, a[offsetA + select(0u, addressA, insideA)], insideA);
      let kB = select(at / 64u, at % 16u, TRANSPOSE_B);
      let columnB = select(at % 64u, at / 16u, TRANSPOSE_B);
      let column = firstColumn + columnB;
      let insideB = column < sizes.n && start + kB < end;
      let addressB = select((start + kB) * sizes.n + column, column * sizes.k + start + kB, TRANSPOSE_B);
      tileB[kB][columnB] = select(0.0, b[offsetB + select(0u, addressB, insideB)], insideB);
    }
    workgroupBarrier();
    for (var k = 0u; k < 16u; k++) {
      let y = local.y * 4u;
      let x = local.x * 4u;
      let left = vec4<f32>(tileA[k][y], tileA[k][y + 1u], tileA[k][y + 2u], tileA[k][y + 3u]);
      let right = vec4<f32>(tileB[k][x], tileB[k][x + 1u], tileB[k][x + 2u], tileB[k][x + 3u]);
      r0 += left.x * right;
      r1 += left.y * right;
      r2 += left.z * right;
      r3 += left.w * right;
      sum += left;
    }
    workgroupBarrier();
  }
  let offset = group.z * sizes.m * sizes.n;
  let results = array<vec4<f32>, 4>(r0, r1, r2, r3);
  for (var i = 0u; i < 4u; i++) {
    let row = firstRow + local.y * 4u + i;
    if (row >= sizes.m) { break; }
    for (var j = 0u; j < 4u; j++) {
      let column = firstColumn + local.x * 4u + j;
      if (column < sizes.n) { finish(offset + row * sizes.n + column, column, results[i][j]); }
    }
    //#if SUM
    if (group.x == 0u && local.x == 0u) { finish_sum(group.z * sizes.m + row, sum[i]); }
    //#end
  }
}
