// Adds the partial products of a product split along K, in order, and finishes the sum as the product would have.
struct Sizes { count: u32, n: u32, pieces: u32, across: u32, rows: u32 }
@group(0) @binding(#) var<storage, read> partial: array<f32>;     // [pieces, M·N]
//#if SUM
@group(0) @binding(#) var<storage, read> partialSums: array<f32>; // [pieces, M]
//#end
//#if BIAS
@group(0) @binding(#) var<storage, read> bias: array<f32>;        // [N]
//#end
@group(0) @binding(#) var<storage, read_write> c: array<f32>;     // [M·N]
//#if KEEP
@group(0) @binding(#) var<storage, read_write> kept: array<f32>;
//#end
//#if SUM
@group(0) @binding(#) var<storage, read_write> sums: array<f32>;  // [M]
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + id.y * sizes.across;
  if (i >= sizes.count) { return; }
  var value = 0.0;
  for (var piece = 0u; piece < sizes.pieces; piece++) { value += partial[piece * sizes.count + i]; }
  finish(i, i % sizes.n, value);
  //#if SUM
  if (i < sizes.rows) {
    var sum = 0.0;
    for (var piece = 0u; piece < sizes.pieces; piece++) { sum += partialSums[piece * sizes.rows + i]; }
    finish_sum(i, sum);
  }
  //#end
}
