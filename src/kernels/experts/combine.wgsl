// y = g₀·out[slot₀] + g₁·out[slot₁] with gates g_k = p_k / (p₀ + p₁); one thread four columns of a token.
// Quads: out (0), y (3).
struct Sizes { tokens: u32, width: u32, across: u32, experts: u32 }
//                            0 out: [slots, width]
@group(0) @binding(1) var<storage, read> probabilities: array<f32>;  // [tokens, experts]
@group(0) @binding(2) var<storage, read> routes: array<vec4<u32>>;   // [tokens] picks, first slot, second slot, share
//                            3 y: [tokens, width]
@group(0) @binding(4) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let quarters = (sizes.width + 3u) / 4u;
  let i = id.x + id.y * sizes.across;
  let token = i / quarters;
  if (token >= sizes.tokens) { return; }
  let column = 4u * (i % quarters);
  let left = sizes.width - column;
  let route = routes[token];
  let p0 = probabilities[token * sizes.experts + (route.x & 255u)];
  let p1 = probabilities[token * sizes.experts + (route.x >> 8u)];
  let sum = p0 + p1;
  let first = out_at(route.y * sizes.width + column, left);
  let second = out_at(route.z * sizes.width + column, left);
  put_y(token * sizes.width + column, left, (p0 / sum) * first + (p1 / sum) * second);
}
