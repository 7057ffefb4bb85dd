// GELU with the error function, its derivative, and the index of dropout on the inner layer.
// erf by Abramowitz and Stegun 7.1.26 (absolute error 1.5e-7).
fn erf(v: f32) -> f32 {
  let a = abs(v);
  let t = 1.0 / (1.0 + 0.3275911 * a);
  let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign(v) * (1.0 - series * exp(-a * a));
}

// Φ(z): GELU is z·Φ(z), its derivative Φ(z) + z·φ(z).
fn normal_below(z: vec4<f32>) -> vec4<f32> {
  let v = z * 0.70710678118654752;
  return 0.5 * (1.0 + vec4<f32>(erf(v.x), erf(v.y), erf(v.z), erf(v.w)));
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
