// First half of drouter = dlogitsᵀ·x: the sum over each chunk of 64 tokens. One thread eight experts by four columns of one chunk.
// Quads: x (0), parts (2).
struct Sizes { tokens: u32, width: u32, experts: u32, across: u32 }
//                            0 x: [tokens, width]
@group(0) @binding(1) var<storage, read> dlogits: array<f32>;  // [tokens, experts]
//                            2 parts: [chunks, experts, width]
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let quarters = (sizes.width + 3u) / 4u;
  let eighths = (sizes.experts + 7u) / 8u;
  let i = id.x + id.y * sizes.across;
  let column = 4u * (i % quarters);
  let e = 8u * (i / quarters % eighths);
  let chunk = i / quarters / eighths;
  let left = sizes.width - column;
  let last = sizes.experts - 1u;
  var s0 = vec4<f32>(); var s1 = vec4<f32>(); var s2 = vec4<f32>(); var s3 = vec4<f32>();
  var s4 = vec4<f32>(); var s5 = vec4<f32>(); var s6 = vec4<f32>(); var s7 = vec4<f32>();
  for (var token = chunk * 64u; token < min(chunk * 64u + 64u, sizes.tokens); token++) {
    let v = x_at(token * sizes.width + column, left);
    let at = token * sizes.experts;
    // Experts past the last repeat it; their sums are not stored.
    s0 += dlogits[at + e] * v;
    s1 += dlogits[at + min(e + 1u, last)] * v;
    s2 += dlogits[at + min(e + 2u, last)] * v;
    s3 += dlogits[at + min(e + 3u, last)] * v;
    s4 += dlogits[at + min(e + 4u, last)] * v;
    s5 += dlogits[at + min(e + 5u, last)] * v;
    s6 += dlogits[at + min(e + 6u, last)] * v;
    s7 += dlogits[at + min(e + 7u, last)] * v;
  }
  if (chunk * 64u >= sizes.tokens) { return; }
  var sums = array<vec4<f32>, 8>(s0, s1, s2, s3, s4, s5, s6, s7);
  for (var row = 0u; row < min(8u, sizes.experts - e); row++) {
    put_parts((chunk * sizes.experts + e + row) * sizes.width + column, left, sums[row]);
  }
}
