// End of a tile of dout·W2: dz = product·dropout·GELU′(z); the hidden layer is made anew beside it rather than kept since the forward pass.
// Quads: z (3), dz (4), hidden (5).
//                            3 z: [slots, inner]
//                            4 dz: [slots, inner]
//                            5 hidden: [slots, inner]
@group(0) @binding(6) var<uniform> sizes: Sizes;

fn finish(slot: u32, expert: u32, column: u32, product: vec4<f32>) {
  let left = sizes.n - column;
  let at = slot * sizes.n + column;
  let z = z_at(at, left);
  let below = normal_below(z);
  let factor = factors(slot, expert, column);
  put_dz(at, left, product * factor * (below + z * 0.3989422804014327 * exp(-0.5 * z * z)));
  put_hidden(at, left, z * below * factor);
}
