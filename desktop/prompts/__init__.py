"""What is known of prompts: the words in them, a library of them, and how to word them well."""
