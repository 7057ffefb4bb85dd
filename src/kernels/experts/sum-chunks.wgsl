// Second half of drouter: the chunks' parts, added in order. One thread four columns of one expert. Quads: parts (0), drouter (1).
struct Sizes { chunks: u32, width: u32, experts: u32, accumulate: u32 } // accumulate: add to what is there
//                            0 parts: [chunks, experts, width]
//                            1 drouter: [experts, width]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let quarters = (sizes.width + 3u) / 4u;
  let expert = id.x / quarters;
  if (expert >= sizes.experts) { return; }
  let column = 4u * (id.x % quarters);
  let left = sizes.width - column;
  let at = expert * sizes.width + column;
  var sum = vec4<f32>();
  for (var chunk = 0u; chunk < sizes.chunks; chunk++) { sum += parts_at(chunk * sizes.experts * sizes.width + at, left); }
  if (sizes.accumulate != 0u) { sum += drouter_at(at, left); }
  put_drouter(at, left, sum);
}
