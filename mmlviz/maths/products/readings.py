"""What was decided where a typed product could be read in two ways. This is for the help page; a test holds to it."""

from mmlviz.maths.expression.readings import Decision

DECISIONS: tuple[Decision, ...] = (
    # Products
    Decision("AB", "A*B", "side by side is multiplied; B acts first"),
    Decision("A B", "A*B", "the same"),
    Decision("A∘B", "A*B", "A after B"),
    Decision("A@B", "A*B", "as in Python"),
    Decision("ABC", "A*B*C", "three factors: brackets do not change the value, and stay where they are typed"),
    Decision("A(BC)", "A*(B*C)", "the same"),
    Decision("-AB", "(-1)*A*B", "a sign is a factor"),
    Decision("A - 2B", "A + (-2)*B", "and so is what is subtracted"),
    Decision("A·-B", "A*((-1)*B)", "a sign behind a point belongs to the next factor"),
    # Powers
    Decision("AB^2", "A*(B^2)", "a power belongs to the matrix that it stands at"),
    Decision("-A^2", "(-1)*(A^2)", "a power binds closer than a sign"),
    Decision("A^2 3B", "(A^2)*3*B", "the exponent is the one number behind ^"),
    Decision("A^23", "A^23", "with all its figures"),
    Decision("A^2(B + C)", "(A^2)*(B + C)", "the same"),
    Decision("A^-1B", "(A^-1)*B", "the same with a sign"),
    Decision("A**2", "A^2", "as in Python"),
    Decision("A⁻¹", "A^-1", "raised figures are an exponent"),
    Decision("A^1/2", "(A^1)*(1/2)", "the same; roots of matrices are not read"),
    # Transposes
    Decision("A'", "A^T", "the transpose, as in MATLAB"),
    Decision("Aᵀ", "A^T", "the same"),
    Decision("A^TA", "(A^T)*A", "a raised T is the transpose, also where a matrix T is defined"),
    Decision("A^-T", "(A^-1)^T", "the transpose of the inverse"),
    Decision("(AB)'", "(A*B)^T", "of all that is in the brackets"),
    # Numbers
    Decision("2A", "2*A", "a number is a factor"),
    Decision("1/2A", "(1/2)*A", "a matrix is never below"),
    Decision("A/2", "A*(1/2)", "a number may be"),
    Decision("A/2B", "A*(1/2)*B", "the matrix is not below"),
    Decision("√2A", "(√2)*A", "a root ends where a matrix begins"),
    Decision("cos 30° A", "(cos(30°))*A", "and so does the argument of a function"),
    Decision("2eA", "(2e)*A", "a small e is the number"),
    Decision("A + 2I", "A + 2*I", "I is the identity of the size that fits"),
    Decision("I", "I", "it is 2×2 where nothing tells the size"),
    # Makers
    Decision("rot(30)", "rot(30)", "degrees"),
    Decision("rot(30°)", "rot(30)", "the same"),
    Decision("rot(π/6 rad)", "rot(π/6 rad)", "radians"),
    Decision("R(A)", "R*A", "only small letters make a matrix"),
    Decision("[1;2]", "[1; 2]", "a matrix of one column is a vector"),
    # Refused: a wrong guess would be worse
    Decision("A/B", "", "A B⁻¹ or B⁻¹A?", ("A B^-1", "B^-1 A")),
    Decision("A2", "", "A² or 2A?", ("A^2", "2A")),
    Decision("A^2^3", "", "(A²)³ or A⁸?", ("(A^2)^3", "A^8")),
    Decision("A^-1'", "", "which comes first? It does not matter, but one has to be read", ("A^-T",)),
    Decision("A^0.5", "", "a matrix has many roots, or none", ("A^2", "A/2")),
    Decision("A^B", "", "a matrix is no exponent", ("A B", "A^2")),
    Decision("A + 2", "", "2 in every entry, or on the diagonal?", ("A + 2I", "A + [2, 2; 2, 2]")),
    Decision("rot(π/6)", "", "π/6 degrees, or radians?", ("rot(π/6 rad)", "rot(30)")),
    Decision("2E3", "", "2000 or 2·E·3?", ("2e3 A", "2 E 3")),
    Decision("[1 -2; 3 4]", "", "1 − 2, or two entries?", ("[1, -2; 3, 4]", "[1 - 2, 0; 3, 4]")),
    Decision("ab", "", "matrices have capital letters", ("AB",)),
)  # fmt: skip
