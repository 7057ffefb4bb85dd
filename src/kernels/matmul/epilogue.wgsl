// What happens to a finished value of a product before it is stored: bias, then activation, or adding to what is there.
// Constants: BIAS, GELU, TANH, KEEP, ACCUMULATE, FOURS (four values of a row at once; places count in fours).
//#if FOURS
alias Value = vec4<f32>;
//#else
alias Value = f32;
//#end

fn finish(at: u32, column: u32, product: Value) {
  var value = product;
  //#if FOURS
  // Whoever finishes four at once starts the sum from the bias.
  //#else
  //#if BIAS
  value += bias[column];
  //#end
  //#end
  //#if KEEP
  kept[at] = value;
  //#end
  //#if GELU
  //#if FOURS
  value = vec4<f32>(gelu(value.x), gelu(value.y), gelu(value.z), gelu(value.w));
  //#else
  value = gelu(value);
  //#end
  //#end
  //#if TANH
  value = tanh(clamp(value, Value(-15.0), Value(15.0))); // some devices overflow far out, where it long is ±1
  //#end
  //#if ACCUMULATE
  value += c[at];
  //#end
  c[at] = value;
}
//#if SUM
fn finish_sum(at: u32, sum: f32) {
  //#if ACCUMULATE
  sums[at] += sum;
  //#else
  sums[at] = sum;
  //#end
}
//#end
