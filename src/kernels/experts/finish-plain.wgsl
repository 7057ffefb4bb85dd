// End of a tile of a product that is stored as it is. Quads: c (3).
//                            3 c: [slots, n]
@group(0) @binding(4) var<uniform> sizes: Sizes;

fn finish(slot: u32, expert: u32, column: u32, product: vec4<f32>) {
  put_c(slot * sizes.n + column, sizes.n - column, product);
}
