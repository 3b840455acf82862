"""What the staff's pages share: history, questions before a change, several languages side by side, safe exports.

No room of the product: it holds no rows and knows nobody, so every room may use it.
"""
