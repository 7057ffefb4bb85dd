// GELU with the error function, x·Φ(x), and its slope Φ(x) + x·φ(x). erf by Abramowitz and Stegun 7.1.26 (absolute error 1.5e-7), as in tfjs' own kernel.
fn gelu_below(v: f32) -> f32 {
  let a = abs(v * 0.70710678118654752);
  let t = 1.0 / (1.0 + 0.3275911 * a);
  let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return 0.5 * (1.0 + sign(v) * (1.0 - series * exp(-a * a)));
}
fn gelu(v: f32) -> f32 { return v * gelu_below(v); }
fn gelu_slope(v: f32) -> f32 { return gelu_below(v) + v * 0.3989422804014327 * exp(-0.5 * v * v); }
