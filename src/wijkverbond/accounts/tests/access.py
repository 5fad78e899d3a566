"""What the addresses of accounts need: a passkey, which nobody of the matrix has."""

ARGUMENTS = {name: lambda world: {"pk": 0} for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")}
