// p = softmax(x·routerᵀ) and the two likeliest experts of each token; the lower index wins a tie. A workgroup is a chunk of 64 tokens,
// one thread a token; then one thread an expert counts the chunk in the tokens' order, so that nothing depends on who was first.
// At most 64 experts. Quads: x (0), router (1).
struct Sizes { tokens: u32, width: u32, experts: u32 }
//                            0 x: [tokens, width]
//                            1 router: [experts, width]
@group(0) @binding(2) var<storage, read> share: array<f32>;                // [tokens] weight in the auxiliary loss
@group(0) @binding(3) var<storage, read_write> probabilities: array<f32>;  // [tokens, experts]
@group(0) @binding(4) var<storage, read_write> picks: array<u32>;          // [tokens] first expert + 256·second
@group(0) @binding(5) var<storage, read_write> counts: array<u32>;         // [chunks, experts] slots
@group(0) @binding(6) var<storage, read_write> sums: array<f32>;           // [chunks, experts, 2] Σ share over slots, Σ share·p
@group(0) @binding(7) var<uniform> sizes: Sizes;

var<workgroup> picked: array<u32, 64>;
var<workgroup> shares: array<f32, 64>;

fn route(token: u32) -> u32 {
  let start = token * sizes.experts;
  let row = token * sizes.width;
  var top = -3.4e38;
  for (var e = 0u; e < sizes.experts; e += 4u) {
    // Experts past the last repeat it; their results are not stored.
    let r0 = e * sizes.width;
    let r1 = min(e + 1u, sizes.experts - 1u) * sizes.width;
    let r2 = min(e + 2u, sizes.experts - 1u) * sizes.width;
    let r3 = min(e + 3u, sizes.experts - 1u) * sizes.width;
    var logits = vec4<f32>();
    for (var k = 0u; k < sizes.width; k += 4u) {
      let left = sizes.width - k;
      logits += x_at(row + k, left) *
        mat4x4<f32>(router_at(r0 + k, left), router_at(r1 + k, left), router_at(r2 + k, left), router_at(r3 + k, left));
    }
    for (var i = 0u; i < min(4u, sizes.experts - e); i++) {
      probabilities[start + e + i] = logits[i];
      top = max(top, logits[i]);
    }
  }
  var sum = 0.0;
  for (var i = start; i < start + sizes.experts; i++) {
    let power = exp(probabilities[i] - top);
    probabilities[i] = power;
    sum += power;
  }
  let scale = 1.0 / sum;
  var best = -1.0;
  var second = -1.0;
  var pick = vec2<u32>(0u, 1u);
  for (var e = 0u; e < sizes.experts; e++) {
    let p = probabilities[start + e] * scale;
    probabilities[start + e] = p;
    if (p > best) {
      second = best;
      pick.y = pick.x;
      best = p;
      pick.x = e;
    } else if (p > second) {
      second = p;
      pick.y = e;
    }
  }
  return pick.x + 256u * pick.y;
}

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let first = group.x * 64u;
  let token = first + local;
  if (token < sizes.tokens) {
    let pick = route(token);
    picks[token] = pick;
    picked[local] = pick;
    shares[local] = share[token];
  }
  storageBarrier();
  workgroupBarrier();
  if (local >= sizes.experts) { return; }
  var count = 0u;
  var sum = vec2<f32>();
  for (var i = 0u; i < min(64u, sizes.tokens - first); i++) {
    if ((picked[i] & 255u) == local || (picked[i] >> 8u) == local) {
      count++;
      sum.x += shares[i];
    }
    sum.y += shares[i] * probabilities[(first + i) * sizes.experts + local];
  }
  let at = group.x * sizes.experts + local;
  counts[at] = count;
  sums[2u * at] = sum.x;
  sums[2u * at + 1u] = sum.y;
}
