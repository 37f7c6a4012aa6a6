package coordination

// What the tests look into.
var (
	OpenID = openID
	IDOf   = idOf
)
