/// Words that names consist of in Swift's standard library and in libraries for machine learning.
///
/// Two names that differ in such words mean different things, however close their letters are: `popLast` is not a misspelt
/// `dropLast`, and `maxLR` is not a misspelt `minLR`.
enum KnownWords {
  static func contains(_ word: String) -> Bool { all.contains(word) }

  private static let all = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let text = """
    above abs acc accept accuracy activation adagrad adam adamax adaptive add adding address advanced affine
    after ahead alexnet alias align alignment all allocate allow alpha amp amplitude and annealing any append
    appending area arguments ascending ascii assert assign assignment at attach attention augment augmentation
    auto autoencoder available average avg axis back backward bar base batch batches bce before begin behind
    below best beta betas bias big bilinear binary bind bins bit block blocks blur body bold bottleneck bottom
    bound bounds box break bright brightness buffer build by byte bytes cache callback capacity capitalized
    case cast categorical category ceil celu center change changes channel channels char character
    characters check checkpoint child children chunk cifar clamp clamped class clear clip clipping close code
    codes cold color column columns combine compact compare component components conf confusion connect
    constant contains continue contrast control conv convolution copy cos cosine count counts create crop cross
    ctc current curve custom cut cutoff cyclic dampening dark data dataset datasets day dead debug decay
    decode decoder decrease deep default delete delta dense densely densenet deny depth depthwise descending
    description detach device dice dictionary difference digit dilation dim dims dir directory disable
    disconnect discriminator disjoint distance divided dividing double down draw drop dropout dtype dump each
    early edge effective element elements else elu embed embedding empty enable encode encoder end ends entropy
    enumerate enumerated epoch epochs eps epsilon equal erase erasing error estimate eval evaluate evaluation
    even every exactly examples excitation exclude exp expand expected exponent exponential export extend extra
    factor fail false fan fast feature features fetch fetched file fill filter final finalize find fine finish
    finite first fit flag flat flatten flip float floating floor focal fold folder for foreach form format
    formatted forward freeze frequency fresh from full func function fused gain gamma gan gate gather gelu
    generator get global glu good gpu grad gradient gradients gray grayscale greater greatest grid group
    grouped grouping groups gru half hard has hash head header heads height hex hidden hide high histogram
    history hole holes horizontal hot hour huber hue id identity if ignore image imagenet images import in
    inception include increase increment index indexed indices inference infinite infinity init inner inplace
    input insert inside instance integer integral intensity inter intersection interval into inverse invert
    inverted is item items iterator jitter join joined keep kernel key keys kind kl label lambda large last
    latent layer layers lazy lead leading leaky learn learner learning least left length less letter letters
    level lexicographically lhs light limit line linear lines list lite load loader local lock log logical long
    look lookahead loop loss losses low lower lowercase lowercased lr lstm mae magnitude make map mapped margin
    mask match math matrix max maximize maximum mean median members memory merge merged merging metric metrics
    milestone milestones min mini minimum minus minute mish mix mixed mixup mnist mobilenet mod mode model
    models modify module modules momentum monitor month move mse multi multiple multiplied multiplier multiply
    name names nan neck negate negative nested nesterov net network never new next nil nll node noise nominal
    none norm normal normalization normalize normalized not null num number numbers object odd of off offset
    offsets on one ones only open operator optim optimizer optimizers option optional or order ordered
    orthogonal out outer output outputs outside over overlaps pad padding pair parent parse part parts patch
    path patience peak peek per pixel pixels place plateau plot plus point pointwise policy pool pooling pop
    position positive post power precision predict predicted prediction predictions predictor prefix present
    previous print prob probability probs product progress properties property prune pull push put quantile
    queue quiet quotient random range ranges rate rates ratio raw read recall rectified recurrent reduce
    reference register regression regularizer reject relu remainder remat remove removed removing repeat
    repeated replace replaced replacement replacing report representation reserve reset residual resize resnet
    resolution restart restarts restore result resume return reverse reversed reward rewind rhs right rms root
    rotate rotation round rounded row rows run same sample sampler samples satisfy saturation save scalar scale
    scan schedule scheduler score scores se search second seed seeds segment select self selu separable
    sequence sequential set sgd shape sharp shear shift short show shuffle shuffled sigma sigmoid sign signal
    signed significand silu sin single size sizes skip slice slope slow small smooth smoothing soft softmax
    softmin softplus softsign sort sorted source space span sparse spatial split square squeeze stack stage
    standard start starts state static std stddev stem step steps stochastic stop stopping storage store strict
    stride strided strides string strip student style sub subarray subset substring subtract subtracting suffix
    sum summary super superset supervised swap switch symbol symmetric table tail take tan tanh target targets
    task tau teacher temperature tensor test tests text than then thread threads threshold throw times title to
    toggle top total trail trailing train trainable trained trainer training transform transformer transforms
    transition transpose trial triangular trim trimmed trimming true truncate truncated truncating try tune
    tuple type types unary under unet unfreeze union unique unit units unlabeled unlock update upper uppercase
    uppercased upsample use val valid validate validation validator value values variable variance vertical vgg
    view visit vit void warm warmup weight weighted weights when where while whole wide width window with
    without word words worker workers worst wrap wrapped write xor year zero zeros zip
    """
}
