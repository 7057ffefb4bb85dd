// End of a tile of the second product: out = product + bias. Quads: bias (3), c (4).
//                            3 bias: [experts, width]
//                            4 c: [slots, width]
@group(0) @binding(5) var<uniform> sizes: Sizes;

fn finish(slot: u32, expert: u32, column: u32, product: vec4<f32>) {
  put_c(slot * sizes.n + column, sizes.n - column, product + bias_at(expert * sizes.n + column, sizes.n - column));
}
