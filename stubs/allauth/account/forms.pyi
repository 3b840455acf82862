from django import forms

class ConfirmEmailVerificationCodeForm(forms.Form):
    expected_code: str
    email: str
    def clean_code(self) -> str: ...
