// drouter = dlogitsᵀ·x. A workgroup has eight experts by four columns; its 64 threads share the tokens and their sums are added in order.
// Constants: EXPERTS, ACCUMULATE (add to what is there). Quads: x (0), drouter (2).
struct Sizes { tokens: u32, width: u32 }
//                            0 x: [tokens, width]
@group(0) @binding(1) var<storage, read> dlogits: array<f32>;  // [tokens, experts]
//                            2 drouter: [experts, width]
@group(0) @binding(3) var<uniform> sizes: Sizes;

var<workgroup> parts: array<vec4<f32>, 512>; // [thread, expert of the eight]

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let column = group.x * 4u;
  let left = sizes.width - column;
  let e = group.y * 8u;
  let last = EXPERTS - 1u;
  var s0 = vec4<f32>(); var s1 = vec4<f32>(); var s2 = vec4<f32>(); var s3 = vec4<f32>();
  var s4 = vec4<f32>(); var s5 = vec4<f32>(); var s6 = vec4<f32>(); var s7 = vec4<f32>();
  for (var token = local; token < sizes.tokens; token += 64u) {
    let v = x_at(token * sizes.width + column, left);
    let at = token * EXPERTS;
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
  let start = local * 8u;
  parts[start] = s0; parts[start + 1u] = s1; parts[start + 2u] = s2; parts[start + 3u] = s3;
  parts[start + 4u] = s4; parts[start + 5u] = s5; parts[start + 6u] = s6; parts[start + 7u] = s7;
  workgroupBarrier();
  if (local >= 8u || e + local > last) { return; }
  let at = (e + local) * sizes.width + column;
  var sum = vec4<f32>();
  for (var i = local; i < 512u; i += 8u) { sum += parts[i]; }
  if (ACCUMULATE) { sum += drouter_at(at, left); }
  put_drouter(at, left, sum);
}
