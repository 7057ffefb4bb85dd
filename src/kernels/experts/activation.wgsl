// Φ(z) of four neighbours (kernels/gelu/function.wgsl), and the index of dropout on the inner layer: GELU is z·Φ(z), its derivative
// Φ(z) + z·φ(z).
fn normal_below(z: vec4<f32>) -> vec4<f32> {
  return vec4<f32>(gelu_below(z.x), gelu_below(z.y), gelu_below(z.z), gelu_below(z.w));
}

// Dropout's factor of four neighbours: the mask is [batch, time·experts·inner] whichever experts ran.
fn factors(slot: u32, expert: u32, column: u32) -> vec4<f32> {
  if (sizes.threshold == 0u) { return vec4<f32>(1.0); }
  let at = sizes.first + (plan[sizes.tokensAt + slot] * sizes.experts + expert) * sizes.n + column;
  return vec4<f32>(
    dropout_factor(sizes.seed, sizes.threshold, sizes.scale, at),
    dropout_factor(sizes.seed, sizes.threshold, sizes.scale, at + 1u),
    dropout_factor(sizes.seed, sizes.threshold, sizes.scale, at + 2u),
    dropout_factor(sizes.seed, sizes.threshold, sizes.scale, at + 3u),
  );
}
