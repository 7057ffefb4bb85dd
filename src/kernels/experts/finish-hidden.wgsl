// End of a tile of the first product: z = product + bias, hidden = GELU(z)·dropout. Quads: bias (3), z (4), hidden (5).
//                            3 bias: [experts, inner]
//                            4 z: [slots, inner]
//                            5 hidden: [slots, inner]
@group(0) @binding(6) var<uniform> sizes: Sizes;

fn finish(slot: u32, expert: u32, column: u32, product: vec4<f32>) {
  let left = sizes.n - column;
  let z = product + bias_at(expert * sizes.n + column, sizes.n - column);
  put_z(slot * sizes.n + column, left, z);
  put_hidden(slot * sizes.n + column, left, z * normal_below(z) * factors(slot, expert, column));
}
