package access

// Cost is what a password costs outside of these tests, in KiB.
var Cost = hashMemory

// Cheap is what it costs in them.
const Cheap = 64

func init() { hashMemory = Cheap }
