// A batch of windows from the features of all bars, mixed with its partners where MIX: x = λ·window + (1 − λ)·partner. One thread a value.
struct Sizes { count: u32, across: u32, batch: u32, time: u32, width: u32, lambda: f32 }
@group(0) @binding(#) var<storage, read> features: array<f32>;       // [bars, features]
@group(0) @binding(#) var<storage, read> rows: array<i32>;           // [batch] of last bars, and as many of the partners where MIX
@group(0) @binding(#) var<storage, read_write> windows: array<f32>;  // [batch, time, features], oldest bar first
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + id.y * sizes.across;
  if (i >= sizes.count) { return; }
  let span = sizes.time * sizes.width;
  let sample = i / span;
  let inside = i % span;
  let own = features[(u32(rows[sample]) + 1u - sizes.time) * sizes.width + inside];
  //#if MIX
  let other = features[(u32(rows[sizes.batch + sample]) + 1u - sizes.time) * sizes.width + inside];
  windows[i] = sizes.lambda * own + (1.0 - sizes.lambda) * other;
  //#else
  windows[i] = own;
  //#end
}
