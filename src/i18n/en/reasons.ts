/** English words for the codes that an error's parameters carry. */
export const reasons = {
  weights: {
    truncated: 'the file ends too early',
    header: 'its header is not that of a safetensors file',
    'duplicate-name': 'a tensor occurs twice',
    metadata: 'its metadata cannot be read',
    type: 'a tensor has a number type that is not read here',
    shape: 'a tensor has another shape',
    offsets: 'tensors overlap or leave gaps in the file',
    length: 'a tensor has more or fewer bytes than its shape needs',
    'missing-tensor': 'a tensor is missing',
    'unexpected-tensor': 'there is a tensor that the model lacks',
  },
  tensor: '{{reason}} ({{name}})',
  storageOperation: {
    open: 'Stored runs could not be opened',
    save: 'This run could not be stored',
    list: 'Stored runs could not be listed',
    read: 'The stored weights could not be read',
    remove: 'This run could not be deleted from the browser’s storage',
  },
  storage: {
    QuotaExceededError: 'the space that the browser allows is used up',
    SecurityError: 'the browser does not allow this page to store data',
    InvalidStateError: 'the browser refuses storage here, as private windows do',
    VersionError: 'a newer version of the studio has used this storage',
    AbortError: 'the browser broke the operation off',
    NotAllowedError: 'the browser does not allow this page to store data',
    other: 'the browser gave the reason “{{reason}}”',
  },
  referencePath: '{{backend}} (reference operations)',
  range: { integer: 'whole numbers, {{range}}', divisor: 'divisors of {{of}}' },
};
