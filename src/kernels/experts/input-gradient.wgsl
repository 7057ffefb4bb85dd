// dx = dslots[slot₀] + dslots[slot₁] + dlogits·router; one thread four columns of a token.
// Quads: dslots (0), router (1), dx (4).
struct Sizes { tokens: u32, width: u32, across: u32, experts: u32 }
//                            0 dslots: [slots, width]
//                            1 router: [experts, width]
@group(0) @binding(2) var<storage, read> dlogits: array<f32>;       // [tokens, experts]
@group(0) @binding(3) var<storage, read> routes: array<vec4<u32>>;  // [tokens] picks, first slot, second slot, share
//                            4 dx: [tokens, width]
@group(0) @binding(5) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let quarters = (sizes.width + 3u) / 4u;
  let i = id.x + id.y * sizes.across;
  let token = i / quarters;
  if (token >= sizes.tokens) { return; }
  let column = 4u * (i % quarters);
  let left = sizes.width - column;
  let route = routes[token];
  var sum = dslots_at(route.y * sizes.width + column, left) + dslots_at(route.z * sizes.width + column, left);
  for (var e = 0u; e < sizes.experts; e++) {
    sum += dlogits[token * sizes.experts + e] * router_at(e * sizes.width + column, left);
  }
  put_dx(token * sizes.width + column, left, sum);
}
