/// What training minimises: the mean over the batch of a loss of each sample.
///
///     let loss = Loss.crossEntropy(labelSmoothing: 0.1)
public enum Loss: Sendable, Hashable, Codable {
  /// −logp[label]; the model ends with log-probabilities (PyTorch: `nn.NLLLoss`).
  case nll
  /// The negative log-likelihood of log-softmax(output); the model ends with logits (PyTorch:
  /// `nn.CrossEntropyLoss`). On log-probabilities it equals ``nll``, since their log-softmax is themselves.
  ///
  /// `labelSmoothing` in 0 … 1 is the weight of the uniform distribution in the target (Szegedy et al., 2016).
  case crossEntropy(labelSmoothing: Double = 0)
}
