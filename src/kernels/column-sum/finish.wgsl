// Adds the partial column sums, in order, into their place.
struct Sizes { width: u32, chunks: u32 }
@group(0) @binding(#) var<storage, read> partSums: array<f32>;       // [chunks, width]
//#if PRODUCT
@group(0) @binding(#) var<storage, read> partProducts: array<f32>;   // [chunks, width]
//#end
@group(0) @binding(#) var<storage, read_write> sums: array<f32>;     // [width]
//#if PRODUCT
@group(0) @binding(#) var<storage, read_write> products: array<f32>; // [width]
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= sizes.width) { return; }
  var sum = 0.0;
  var product = 0.0;
  //#if ACCUMULATE
  sum = sums[id.x];
  //#end
  for (var chunk = 0u; chunk < sizes.chunks; chunk++) { sum += partSums[chunk * sizes.width + id.x]; }
  sums[id.x] = sum;
  //#if PRODUCT
  //#if ACCUMULATE
  product = products[id.x];
  //#end
  for (var chunk = 0u; chunk < sizes.chunks; chunk++) { product += partProducts[chunk * sizes.width + id.x]; }
  products[id.x] = product;
  //#end
}
