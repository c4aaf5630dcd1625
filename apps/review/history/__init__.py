"""The history of a translation: decisions recorded, labelled and shown as a timeline."""
