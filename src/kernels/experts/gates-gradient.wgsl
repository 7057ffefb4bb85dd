// Backward of combine and router down to the logits, one thread a token. Gates g_k = p_k / s, s = p₀ + p₁:
//   dg_k = dy·out[slot_k];  dp_k = (dg_k − Σ_j g_j·dg_j) / s;  for every expert dp_e += dauxiliary·load_e·share;
//   dlogit_e = p_e·(dp_e − Σ_i p_i·dp_i);  and each slot's upstream gradient dout[slot_k] = g_k·dy.
// Quads: dy (0), out (1), dout (7).
struct Sizes { tokens: u32, width: u32, experts: u32 }
//                            0 dy: [tokens, width]
//                            1 out: [slots, width]
@group(0) @binding(2) var<storage, read> dauxiliary: array<f32>;     // [1]
@group(0) @binding(3) var<storage, read> routes: array<vec4<u32>>;   // [tokens] picks, first slot, second slot, share
@group(0) @binding(4) var<storage, read> probabilities: array<f32>;  // [tokens, experts]
@group(0) @binding(5) var<storage, read> load: array<f32>;           // [experts]
@group(0) @binding(6) var<storage, read_write> dlogits: array<f32>;  // [tokens, experts]
//                            7 dout: [slots, width]
@group(0) @binding(8) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let token = id.x;
  if (token >= sizes.tokens) { return; }
  let route = routes[token];
  let picks = vec2<u32>(route.x & 255u, route.x >> 8u);
  let start = token * sizes.experts;
  let p = vec2<f32>(probabilities[start + picks.x], probabilities[start + picks.y]);
  let s = p.x + p.y;
  let gates = p / s;
  var dgates = vec2<f32>();
  for (var column = 0u; column < sizes.width; column += 4u) {
    let left = sizes.width - column;
    let dy = dy_at(token * sizes.width + column, left);
    let first = route.y * sizes.width + column;
    let second = route.z * sizes.width + column;
    dgates += vec2<f32>(dot(dy, out_at(first, left)), dot(dy, out_at(second, left)));
    put_dout(first, left, gates.x * dy);
    put_dout(second, left, gates.y * dy);
  }
  let dp = (dgates - dot(gates, dgates)) / s;
  let pressure = dauxiliary[0] * bitcast<f32>(route.w);
  var sum = dot(p, dp);
  for (var e = 0u; e < sizes.experts; e++) { sum += probabilities[start + e] * pressure * load[e]; }
  for (var e = 0u; e < sizes.experts; e++) {
    var d = pressure * load[e];
    if (e == picks.x) { d += dp.x; }
    if (e == picks.y) { d += dp.y; }
    dlogits[start + e] = probabilities[start + e] * (d - sum);
  }
}
