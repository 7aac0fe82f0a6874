package reference

// Error is the refusal of a statement, or its failure while it ran.
type Error struct {
	// Code is a gRPC status, such as INVALID_ARGUMENT for a statement that is
	// wrong and OUT_OF_RANGE for one that divides by zero.
	// https://grpc.io/docs/guides/status-codes
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return "GoogleSQL reference: " + e.Code + ": " + e.Message }
