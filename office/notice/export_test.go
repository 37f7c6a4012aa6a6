package notice

// What the tests look into.
var (
	Reached     = reached
	UsualLadder = usualLadder
)
