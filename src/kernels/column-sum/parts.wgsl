// Partial column sums of a tall matrix, and of its product with another where PRODUCT: thread (column, chunk) adds the rows of its chunk in order.
struct Sizes { rows: u32, width: u32, chunks: u32, length: u32 }
@group(0) @binding(#) var<storage, read> given: array<f32>;        // [rows, width]
//#if PRODUCT
@group(0) @binding(#) var<storage, read> other: array<f32>;        // [rows, width]
//#end
@group(0) @binding(#) var<storage, read_write> sums: array<f32>;   // [chunks, width]
//#if PRODUCT
@group(0) @binding(#) var<storage, read_write> products: array<f32>; // [chunks, width]
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x % sizes.width;
  let chunk = id.x / sizes.width;
  if (chunk >= sizes.chunks) { return; }
  let first = chunk * sizes.length;
  let end = min(first + sizes.length, sizes.rows);
  var sum = 0.0;
  var product = 0.0;
  for (var row = first; row < end; row++) {
    let value = given[row * sizes.width + column];
    sum += value;
    //#if PRODUCT
    product += value * other[row * sizes.width + column];
    //#end
  }
  sums[id.x] = sum;
  //#if PRODUCT
  products[id.x] = product;
  //#end
}
