// The counter-based generator of lib/random.ts in WGSL: the same integer operations, so the same bits on host and device.
fn hash32(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}

// Dropout's factor at one index: 0 with probability threshold / 2²⁴, else scale.
fn dropout_factor(seed: u32, threshold: u32, scale: f32, index: u32) -> f32 {
  return select(scale, 0.0, (hash32(seed ^ hash32(index)) >> 8u) < threshold);
}
