// The global norm of the gradient, and what the optimizer is to do: torch.nn.utils.clip_grad_norm_ multiplies by min(1, maxNorm/(norm + 1e-6)).
// A loss or norm that is not finite halts this step and every later one, until the host has seen it. Constants: THREADS.
struct Sizes { maxNorm: f32 }
@group(0) @binding(#) var<storage, read> parts: array<f32>;            // [THREADS]
@group(0) @binding(#) var<storage, read_write> record: array<f32>;     // class, return, auxiliary, norm, applied, …
@group(0) @binding(#) var<storage, read_write> control: array<f32>;    // clip factor, applied, halted
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> sums: array<f32, 64>;

// By its bits: a compiler may take comparisons with NaN for granted.
fn finite(value: f32) -> bool { return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u; }

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_id) local: vec3<u32>) {
  var sum = 0.0;
  for (var i = local.x; i < THREADS; i += 64u) { sum += parts[i]; }
  sums[local.x] = sum;
  workgroupBarrier();
  if (local.x > 0u) { return; }
  sum = 0.0;
  for (var i = 0u; i < 64u; i++) { sum += sums[i]; }
  let norm = sqrt(sum);
  let fine = finite(norm) && finite(record[0]) && finite(record[1]) && finite(record[2]) && control[2] == 0.0;
  record[3] = norm;
  record[4] = select(0.0, 1.0, fine);
  control[0] = select(1.0, min(1.0, sizes.maxNorm / (norm + 1e-6)), sizes.maxNorm > 0.0);
  control[1] = record[4];
  control[2] = 1.0 - record[4];
}
